-- Trap: letters with diacritics and non-Latin letters.
-- Rule: manual 4.1.1, Identifiers and Key Words.
SELECT 1 AS größe$ä$; SELECT 2 AS имя$ä$;
SELECT 3 AS 名前;
