-- Trap: a skipped line counts.
-- Rule: manual 4.1: white space and comments separate statements; the engine counts lines and columns from 1.
\restrict k
  SELECT 1;
\unrestrict k
