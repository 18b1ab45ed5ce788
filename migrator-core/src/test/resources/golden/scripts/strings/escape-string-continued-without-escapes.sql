-- Trap: the second part of an escape string, plain enough that everybody agrees.
-- Rule: manual 4.1.2.2, String Constants with C-Style Escapes and 4.1.2.1.
SELECT E'foo\t'
  'b;ar\n';
SELECT 2;
