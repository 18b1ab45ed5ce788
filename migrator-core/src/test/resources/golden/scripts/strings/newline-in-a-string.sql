-- Trap: a string may hold line ends; a line that looks like SQL is text.
-- Rule: manual 4.1.2.1, String Constants.
SELECT 'first;
SELECT 2;
-- no comment
/* none here';
SELECT 3;
