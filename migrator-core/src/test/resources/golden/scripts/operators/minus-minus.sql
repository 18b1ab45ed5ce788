-- Trap: - - with a space is two minus signs, -- is a comment.
-- Rule: manual 4.1.3, Operators and 4.1.5.
SELECT 1 - -1; SELECT 1 - - 2;
SELECT 3 --1;
;
