-- Trap: a form feed between two strings is no newline.
-- Rule: manual 4.1.2.1, String Constants.
SELECT 'a'';b';
SELECT 2;
