-- Trap: two backslashes before the closing quote: the string ends there.
-- Rule: manual 4.1.2.2, String Constants with C-Style Escapes.
SELECT E'C:\\';
SELECT E'\\\';';
SELECT 3;
