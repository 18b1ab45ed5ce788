-- Trap: UESCAPE names a character that may be nearly anything, in a string of its own.
-- Rule: manual 4.1.2.3, String Constants with Unicode Escapes.
SELECT U&'d!0061;t!+000061' UESCAPE '!';
SELECT U&';' UESCAPE ';';
SELECT 3;
