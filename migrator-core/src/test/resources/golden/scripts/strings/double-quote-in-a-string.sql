-- Trap: a double quote inside a string begins no identifier.
-- Rule: manual 4.1.2.1, String Constants.
SELECT 'say "';
SELECT '";';
