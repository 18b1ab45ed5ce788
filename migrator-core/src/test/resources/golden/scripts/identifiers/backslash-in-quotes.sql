-- Trap: a backslash in a quoted identifier escapes nothing.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS "a\";
SELECT 2 AS "\\";
