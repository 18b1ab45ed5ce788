-- Trap: one file with all three.
-- Rule: manual 4.1, Lexical Structure; the lexer takes both CR and LF for a newline.
SELECT 1;
SELECT 2;SELECT 3;
SELECT 4;
SELECT 5;
