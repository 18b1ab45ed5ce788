-- Trap: a comment behind the semicolon belongs to no statement.
-- Rule: manual 4.1.5, Comments.
SELECT 1; /* trailing */ SELECT 2; -- trailing
/* the end; */
