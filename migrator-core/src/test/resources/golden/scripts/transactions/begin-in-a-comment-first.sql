-- Trap: a comment or an empty statement before BEGIN.
-- Rule: manual, BEGIN.
/* BEGIN; */ ; -- BEGIN;
BEGIN;
SELECT 1;
COMMIT;
