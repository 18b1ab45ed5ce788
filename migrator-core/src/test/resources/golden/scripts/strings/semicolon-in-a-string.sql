-- Trap: a semicolon inside a string ends nothing.
-- Rule: manual 4.1.2.1, String Constants: everything up to the closing quote is the string.
SELECT 'a;b';
SELECT ';';
