-- Trap: begin is no reserved word, so a column may be called so.
-- Rule: manual, CREATE FUNCTION, sql_body; appendix C: BEGIN is not reserved. psql counts it as a block.
CREATE OR REPLACE FUNCTION ba8() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT begin FROM (SELECT 1 AS begin) s; END;
SELECT 2;
