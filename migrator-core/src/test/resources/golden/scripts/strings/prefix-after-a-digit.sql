-- Trap: 1E'...' is junk for the server; the quote still opens a string.
-- Rule: manual 4.1.2.6, Numeric Constants.
SELECT 1x';';
SELECT 2;
