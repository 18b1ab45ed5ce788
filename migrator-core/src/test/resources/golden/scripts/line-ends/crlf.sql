-- Trap: every line ends in CRLF; it stays inside a statement and never at its end.
-- Rule: manual 4.1, Lexical Structure; the lexer takes both CR and LF for a newline.
SELECT 1
  , 2;
SELECT 3;
