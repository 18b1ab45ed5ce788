-- Trap: CR alone between two strings continues them, escapes and all.
-- Rule: manual 4.1, Lexical Structure; the lexer takes both CR and LF for a newline.
SELECT E'a''b\';c';
SELECT 2;
