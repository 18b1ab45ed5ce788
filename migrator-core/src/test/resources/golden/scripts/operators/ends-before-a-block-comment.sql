-- Trap: an operator may not hold /*: the comment begins there.
-- Rule: manual 4.1.3, Operators.
SELECT 3 */* ; */4;
SELECT 5 +/*;*/6;
SELECT 7 ~/**/;
