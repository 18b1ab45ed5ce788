-- Trap: \set defines a variable of psql.
-- Rule: manual, psql.
\set name 'it''s'
SELECT 2;
