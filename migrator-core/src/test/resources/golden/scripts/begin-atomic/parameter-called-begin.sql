-- Trap: a parameter called begin, in parentheses, begins nothing.
-- Rule: manual, CREATE FUNCTION, sql_body; BEGIN and ATOMIC are not reserved. psql takes a begin outside parentheses for a block.
CREATE OR REPLACE FUNCTION ba7(begin int, atomic int) RETURNS int LANGUAGE sql RETURN begin + 1;
SELECT 2;
