-- Trap: /* inside a line comment opens nothing.
-- Rule: manual 4.1.5, Comments.
-- /* not open
SELECT 1;
SELECT 2; -- */ /*
SELECT 3;
