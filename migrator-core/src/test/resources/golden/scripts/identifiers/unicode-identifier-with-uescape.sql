-- Trap: UESCAPE behind an identifier.
-- Rule: manual 4.1.1, Identifiers and Key Words, Unicode escapes.
SELECT 1 AS U&"d!0061t!+000061;" UESCAPE '!';
SELECT 2;
