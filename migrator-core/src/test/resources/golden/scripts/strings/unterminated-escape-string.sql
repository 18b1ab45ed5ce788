-- Trap: the last quote is escaped, so the string does not end.
-- Rule: manual 4.1.2.2, String Constants with C-Style Escapes. Refused where it begins.
SELECT E'\';
SELECT 2;
