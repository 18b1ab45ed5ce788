-- Trap: a quoted identifier may hold a line end, and is not continued by one.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS "a;
b";
SELECT 2 AS "c"
;SELECT 3 AS "d";
