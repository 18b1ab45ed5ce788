-- Trap: N'...' is a string like any other; the server reads it as a plain one.
-- Rule: manual 4.1.2.1, String Constants, and nchar in the SQL standard.
SELECT N'a;\';
SELECT n'it''s;';
