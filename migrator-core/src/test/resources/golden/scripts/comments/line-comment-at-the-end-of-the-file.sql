-- Trap: the last line is a comment and has no line end.
-- Rule: manual 4.1.5, Comments.
SELECT 1;
-- the end;