-- Trap: behind a dot any key word is a name: s.end ends nothing.
-- Rule: manual 4.1.1, Identifiers and Key Words. The END of a body stands behind a semicolon. psql ends here.
CREATE OR REPLACE FUNCTION ba10() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT s.end FROM (SELECT 1 AS "end") s; SELECT 2; END;
SELECT 2;
