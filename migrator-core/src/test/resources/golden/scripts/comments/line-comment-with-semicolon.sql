-- Trap: a semicolon in a line comment ends nothing.
-- Rule: manual 4.1.5, Comments.
SELECT 1 -- one; two
, 2;
SELECT 3; -- four; five
SELECT 6;
