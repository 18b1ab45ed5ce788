-- Trap: a tag of characters that are two units in UTF-16.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants: every byte above 127 is a letter.
SELECT $😀$ ; $😀$; SELECT 2;
