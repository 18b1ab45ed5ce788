-- Trap: BEGIN as a command is a statement of its own, and so is END.
-- Rule: manual, BEGIN and END.
BEGIN;
SELECT 1;
END;
SELECT 2;
