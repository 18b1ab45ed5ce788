-- Trap: an identifier of characters that are two units in UTF-16.
-- Rule: manual 4.1.1, Identifiers and Key Words: every byte above 127 is a letter.
SELECT 1 AS 😀$𝒳$; SELECT 2 AS 𝒳;
