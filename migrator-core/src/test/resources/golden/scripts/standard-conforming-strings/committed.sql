-- Trap: COMMIT keeps SET.
-- Rule: manual 20.13.1, standard_conforming_strings; SET.
BEGIN;
SET standard_conforming_strings = off;
COMMIT;
SELECT 'a\';b';
SELECT 2;
