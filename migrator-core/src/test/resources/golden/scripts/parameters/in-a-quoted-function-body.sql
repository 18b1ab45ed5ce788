-- Trap: $1 in an old-style body.
-- Rule: manual 4.2.2, Positional Parameters and CREATE FUNCTION.
CREATE OR REPLACE FUNCTION plus_one(int) RETURNS int AS 'SELECT $1 + 1; ' LANGUAGE sql;
CREATE OR REPLACE FUNCTION plus_two(int) RETURNS int AS $$SELECT $1 + 2; $$ LANGUAGE sql;
SELECT 3;
