-- Trap: a closing parenthesis without an opening one is for the server to refuse; it counts nothing.
-- Rule: manual 4.1, Lexical Structure; psql never counts below zero.
SELECT 1);
SELECT (2));
SELECT (3);
