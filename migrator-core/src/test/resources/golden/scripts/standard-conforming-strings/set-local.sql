-- Trap: SET LOCAL holds until the transaction ends.
-- Rule: manual 20.13.1, standard_conforming_strings; SET.
BEGIN;
SET LOCAL standard_conforming_strings = off;
SELECT 'a\';b';
COMMIT;
SELECT 'a\';
SELECT 2;
