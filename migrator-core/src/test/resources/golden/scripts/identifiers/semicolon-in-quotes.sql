-- Trap: a semicolon in a quoted identifier ends nothing.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS "a;b";
SELECT 2 AS ";";
