-- Trap: an incomplete escape is for the server to refuse; the string ends at the quote.
-- Rule: manual 4.1.2.3, String Constants with Unicode Escapes.
SELECT U&'wrong: \';
SELECT 2;
