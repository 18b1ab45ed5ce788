-- Trap: lines within a dollar quote count.
-- Rule: manual 4.1: white space and comments separate statements; the engine counts lines and columns from 1.
DO $$
BEGIN
  NULL;
END
$$; SELECT 2;
SELECT 3;
