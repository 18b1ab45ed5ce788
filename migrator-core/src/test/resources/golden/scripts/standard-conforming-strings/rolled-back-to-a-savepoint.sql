-- Trap: ROLLBACK TO undoes a SET behind the savepoint.
-- Rule: manual 20.13.1, standard_conforming_strings; SET.
BEGIN;
SAVEPOINT s;
SET standard_conforming_strings = off;
SELECT 'a\';b';
ROLLBACK TO SAVEPOINT s;
SELECT 'a\';
COMMIT;
