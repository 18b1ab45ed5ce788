-- Trap: semicolons in brackets or braces end the statement: only round parentheses count.
-- Rule: manual 4.1, Lexical Structure; psql counts ( and ) only.
SELECT ARRAY[1; SELECT 2];
SELECT 3;
