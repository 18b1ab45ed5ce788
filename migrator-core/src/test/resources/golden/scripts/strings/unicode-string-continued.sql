-- Trap: a Unicode string goes on on the next line.
-- Rule: manual 4.1.2.3, String Constants with Unicode Escapes and 4.1.2.1.
SELECT U&'a;'
';\0061';
SELECT 2;
