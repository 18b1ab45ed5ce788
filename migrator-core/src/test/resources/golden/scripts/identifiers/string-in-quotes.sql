-- Trap: an apostrophe in a quoted identifier opens no string.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS "it's";
SELECT 2 AS "'";
