-- Trap: two strings with a newline between them are one.
-- Rule: manual 4.1.2.1, String Constants: white space with at least one newline continues a string.
SELECT 'foo'
'b;ar';
SELECT 2;
