-- Trap: a backslash before a line end takes the line end, not the string.
-- Rule: manual 4.1.2.2, String Constants with C-Style Escapes.
SELECT E'a\
b;\'c';
SELECT 2;
