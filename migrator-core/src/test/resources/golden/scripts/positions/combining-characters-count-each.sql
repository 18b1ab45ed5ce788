-- Trap: a letter with a combining mark is two characters.
-- Rule: manual 55.8, ErrorResponse: positions count characters, not bytes.
SELECT 'é'; SELECT 2;
