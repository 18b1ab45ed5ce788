-- Trap: -- alone on a line is a comment of length nothing.
-- Rule: manual 4.1.5, Comments.
--
SELECT 1 --
;--
SELECT 2;
