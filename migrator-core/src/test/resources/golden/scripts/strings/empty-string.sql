-- Trap: an empty string looks like the beginning of a doubled quote.
-- Rule: manual 4.1.2.1, String Constants.
SELECT '', ';';
SELECT '';
SELECT 2;
