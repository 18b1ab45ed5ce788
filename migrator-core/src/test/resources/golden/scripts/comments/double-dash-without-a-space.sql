-- Trap: -- needs no space behind it: 1--1 is not a subtraction.
-- Rule: manual 4.1.5, Comments: a sequence that begins with double dashes.
SELECT 1--1;
;
SELECT 2 --;
, 3;
