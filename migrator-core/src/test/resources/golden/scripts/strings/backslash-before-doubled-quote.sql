-- Trap: a backslash and two quotes: the backslash is plain, the quotes are one quote.
-- Rule: manual 4.1.2.1, String Constants.
SELECT 'a\'';b';
SELECT 2;
