-- Trap: the last line has no line end.
-- Rule: manual 4.1, Lexical Structure; the lexer takes both CR and LF for a newline.
SELECT 1;
SELECT 2;