-- Trap: right-to-left text and marks are text.
-- Rule: manual 4.1.1, Identifiers and Key Words and 4.1.2.1.
SELECT 'שלום;' AS עברית; SELECT '‏;‮;';
