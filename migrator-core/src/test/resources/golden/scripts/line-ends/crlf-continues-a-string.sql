-- Trap: CRLF between two strings continues them.
-- Rule: manual 4.1, Lexical Structure; the lexer takes both CR and LF for a newline.
SELECT 'a'
  'b;';
SELECT 2;
