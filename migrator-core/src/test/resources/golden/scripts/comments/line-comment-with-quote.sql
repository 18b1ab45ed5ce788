-- Trap: an apostrophe in a comment opens no string.
-- Rule: manual 4.1.5, Comments.
SELECT 1; -- don't
SELECT 2 -- won't; can't
;
-- "shan't
SELECT 3;
