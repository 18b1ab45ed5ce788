-- Trap: two quotes, a space, two quotes: two tokens, not an open string.
-- Rule: manual 4.1.2.1, String Constants: only white space with a newline continues a string.
SELECT '' AS a, '' AS b;
SELECT ''; SELECT '';
