-- Trap: a string that does not end would take the rest of the file with it.
-- Rule: manual 4.1.2.1, String Constants. Refused where it begins.
SELECT 1;
SELECT 'never ends;
SELECT 2;
