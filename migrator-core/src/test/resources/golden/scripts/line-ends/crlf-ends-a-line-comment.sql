-- Trap: a comment ends at CRLF.
-- Rule: manual 4.1, Lexical Structure; the lexer takes both CR and LF for a newline.
SELECT 1 -- ;
;
-- ;
SELECT 2;
