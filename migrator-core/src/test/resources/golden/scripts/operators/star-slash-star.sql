-- Trap: */* is a star and then a comment.
-- Rule: manual 4.1.3, Operators.
SELECT 6 */*;*/ 2;
SELECT 7;
