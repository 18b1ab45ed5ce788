-- Trap: the column of a refusal counts characters.
-- Rule: manual 55.8, ErrorResponse: positions count characters, not bytes.
SELECT '😀😀'; SELECT 'open;
