-- Trap: in an escape string a backslash quote is a quote.
-- Rule: manual 4.1.2.2, String Constants with C-Style Escapes.
SELECT E'it\'s; here';
SELECT e'\';';
