-- Trap: -- and /* in a quoted identifier begin no comment.
-- Rule: manual 4.1.1, Identifiers and Key Words and 4.1.5.
SELECT 1 AS "a--b";
SELECT 2 AS "/*";
SELECT 3 AS "*/";
