-- Trap: semicolons and quotes in a block comment mean nothing.
-- Rule: manual 4.1.5, Comments.
SELECT /* one; it's " $$ */ 1;
/* SELECT 2; */ SELECT 3;
