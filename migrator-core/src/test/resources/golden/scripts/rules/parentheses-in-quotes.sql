-- Trap: parentheses in strings, comments and identifiers do not count.
-- Rule: manual 4.1, Lexical Structure.
SELECT '('; SELECT 1 /* ( */; SELECT 2 -- (
; SELECT 3 AS "("; SELECT $$($$;
