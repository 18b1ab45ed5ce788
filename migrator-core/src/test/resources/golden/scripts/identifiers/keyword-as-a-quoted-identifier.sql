-- Trap: quoted key words are names.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS "begin", 2 AS "end", 3 AS "atomic"; SELECT 4 AS "select";
