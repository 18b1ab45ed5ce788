-- Trap: $$ in a comment opens nothing.
-- Rule: manual 4.1.5, Comments and 4.1.2.4.
SELECT 1 -- costs $$;
;
SELECT 2 /* $$ ; */;
SELECT 3;
