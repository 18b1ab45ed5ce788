-- Trap: \i would read another file: refused, with the place.
-- Rule: manual, psql.
SELECT 1;
\i other.sql
SELECT 2;
