-- Trap: ROLLBACK undoes SET.
-- Rule: manual 20.13.1, standard_conforming_strings; SET: the effects disappear when the transaction is aborted.
BEGIN;
SET standard_conforming_strings = off;
SELECT 'a\';b';
ROLLBACK;
SELECT 'a\';
SELECT 2;
