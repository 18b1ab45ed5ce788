-- Trap: lines within a comment count.
-- Rule: manual 4.1: white space and comments separate statements; the engine counts lines and columns from 1.
/* a
   /* b */
   c */ SELECT 1;
SELECT 2;
