-- Trap: an operator may not hold --: the comment begins there.
-- Rule: manual 4.1.3, Operators: -- and /* cannot appear anywhere in an operator name.
SELECT 1 +-- ;
2;
SELECT 3 @--;'
, 4;
