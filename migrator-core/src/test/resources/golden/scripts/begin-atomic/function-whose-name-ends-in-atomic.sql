-- Trap: fn_atomic and begin_atomic begin no body.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE OR REPLACE FUNCTION begin_atomic() RETURNS int LANGUAGE sql AS 'SELECT 1;';
CREATE OR REPLACE FUNCTION fn_atomic() RETURNS int LANGUAGE sql AS $$SELECT 1;$$;
SELECT 3;
