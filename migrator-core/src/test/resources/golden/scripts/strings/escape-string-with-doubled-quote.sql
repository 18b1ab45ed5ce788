-- Trap: a doubled quote is a quote in an escape string too.
-- Rule: manual 4.1.2.2, String Constants with C-Style Escapes.
SELECT E'it''s\n;';
SELECT E'\''';';
SELECT 3;
