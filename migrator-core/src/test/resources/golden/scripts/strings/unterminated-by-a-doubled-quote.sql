-- Trap: the quote that was meant to end the string is doubled.
-- Rule: manual 4.1.2.1, String Constants. Refused where it begins.
SELECT 'a'';
SELECT 2;
