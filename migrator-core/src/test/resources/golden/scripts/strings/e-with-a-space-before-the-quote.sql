-- Trap: E and a quote with a space between: an identifier, then a plain string.
-- Rule: manual 4.1.2.2, String Constants with C-Style Escapes: just before the opening quote.
SELECT e 'a\' FROM t AS e;
SELECT 2;
