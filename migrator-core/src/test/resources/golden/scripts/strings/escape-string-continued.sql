-- Trap: the second part of an escape string has escapes too. psql reads line by line and does not see it.
-- Rule: manual 4.1.2.2, String Constants with C-Style Escapes and 4.1.2.1.
SELECT E'foo'
'b\';ar';
SELECT 2;
