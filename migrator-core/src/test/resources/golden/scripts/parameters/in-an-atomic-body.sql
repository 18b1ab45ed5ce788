-- Trap: $1 in a body without quotes.
-- Rule: manual 4.2.2, Positional Parameters and CREATE FUNCTION.
CREATE OR REPLACE FUNCTION plus_three(int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT $1 + 3; SELECT $1; END;
SELECT 2;
