-- Trap: savepoints divide a transaction.
-- Rule: manual, SAVEPOINT.
BEGIN;
SAVEPOINT s;
ROLLBACK TO s;
RELEASE SAVEPOINT s;
ABORT;
