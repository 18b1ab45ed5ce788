-- Trap: a row of stars may end a comment.
-- Rule: manual 4.1.5, Comments.
/***********
 * banner; *
 ***********/
SELECT 1;
/**/SELECT 2;/***/
SELECT 3;
