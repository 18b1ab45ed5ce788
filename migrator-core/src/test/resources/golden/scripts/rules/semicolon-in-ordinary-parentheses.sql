-- Trap: a semicolon in any parentheses ends nothing, valid SQL or not.
-- Rule: manual, CREATE RULE; psql counts parentheses everywhere.
SELECT (1; SELECT 2);
SELECT 3;
