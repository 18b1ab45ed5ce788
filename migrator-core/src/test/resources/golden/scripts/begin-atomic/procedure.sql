-- Trap: a procedure has such a body too.
-- Rule: manual, CREATE PROCEDURE, sql_body.
CREATE PROCEDURE ba12(a int)
    LANGUAGE sql
    BEGIN ATOMIC
        SELECT a;
        VALUES (1);
    END;
SELECT 2;
