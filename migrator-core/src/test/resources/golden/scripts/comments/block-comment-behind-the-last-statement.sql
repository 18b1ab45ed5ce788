-- Trap: no semicolon, and a block comment behind the last statement.
-- Rule: manual 4.1.5; what psql sends ends with the file.
SELECT 1;
SELECT 2
/* no semicolon; here */
