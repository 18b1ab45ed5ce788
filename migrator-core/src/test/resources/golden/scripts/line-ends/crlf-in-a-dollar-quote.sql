-- Trap: CRLF in a body stays as it is.
-- Rule: manual 4.1, Lexical Structure; the lexer takes both CR and LF for a newline.
DO $$
BEGIN
  NULL;
END
$$;
SELECT 2;
