-- Trap: a script with its own frame.
-- Rule: manual, BEGIN and COMMIT.
BEGIN;
SELECT 1;
COMMIT;
