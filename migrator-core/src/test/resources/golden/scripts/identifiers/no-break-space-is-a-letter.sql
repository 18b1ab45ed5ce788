-- Trap: U+00A0 is no white space to PostgreSQL: it continues the identifier.
-- Rule: manual 4.1.1, Identifiers and Key Words and 4.1: white space is ASCII.
SELECT 1 AS a ; SELECT 2;
