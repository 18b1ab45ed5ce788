-- Trap: E on the next line begins another string, with escapes.
-- Rule: manual 4.1.2.2, String Constants with C-Style Escapes; the continuation begins with a bare quote.
SELECT concat('a\',
E'b\';c');
SELECT 2;
