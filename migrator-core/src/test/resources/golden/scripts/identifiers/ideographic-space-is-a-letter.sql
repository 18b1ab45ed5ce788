-- Trap: U+3000 at the end of a statement is an identifier and must not be stripped.
-- Rule: manual 4.1.1, Identifiers and Key Words and 4.1: white space is ASCII.
SELECT 1 AS 　;
SELECT 2 AS x ;
　;
SELECT 3;
