-- Trap: in @-/*-- the block comment comes first, in @--/* the line comment.
-- Rule: manual 4.1.3, Operators.
SELECT @-/*-- ; */ 1;
SELECT @--/* ;
2;
SELECT 3;
