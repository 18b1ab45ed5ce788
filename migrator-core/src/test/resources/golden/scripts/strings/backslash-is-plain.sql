-- Trap: a backslash before the closing quote escapes nothing.
-- Rule: manual 4.1.2.1, String Constants: since 9.1 a backslash is an ordinary character.
SELECT 'C:\';
SELECT 'a\';
SELECT '\\';
