-- Trap: "begin" and "atomic" are names.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE OR REPLACE FUNCTION "begin"("atomic" int) RETURNS int LANGUAGE sql RETURN "atomic";
SELECT "begin"(1); SELECT 3;
