-- Trap: \echo only prints, but only psql knows that.
-- Rule: manual, psql.
\echo 'begins;'
SELECT 2;
