-- Trap: a word that ends in e directly before a string is no escape string.
-- Rule: manual 4.1.2.2, String Constants with C-Style Escapes: the letter stands alone before the quote.
SELECT date'2020-01-01';
SELECT type'a\' FROM t;
SELECT name'\';
