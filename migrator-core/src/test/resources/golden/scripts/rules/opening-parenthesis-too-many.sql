-- Trap: a parenthesis that stays open takes the rest of the file.
-- Rule: manual 4.1, Lexical Structure; psql sends it all as one statement, which the server refuses.
SELECT 1;
SELECT (2;
SELECT 3;
