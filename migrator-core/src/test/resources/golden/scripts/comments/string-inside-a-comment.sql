-- Trap: a comment's end counts even inside what looks like a string in it.
-- Rule: manual 4.1.5, Comments.
SELECT 1 /* ' */ ; SELECT 2 /* '*/ ;
/* "*/ SELECT 3;
