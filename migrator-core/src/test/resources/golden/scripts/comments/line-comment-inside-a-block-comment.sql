-- Trap: -- inside a block comment does not hide its end.
-- Rule: manual 4.1.5, Comments.
SELECT 1 /* -- */ ;
SELECT 2 /* -- ; */
;
