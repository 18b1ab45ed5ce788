-- Trap: menu&'...' is an operator after a word, not a Unicode string.
-- Rule: manual 4.1.2.3, String Constants with Unicode Escapes.
SELECT menu&'\;' FROM t;
SELECT 2;
