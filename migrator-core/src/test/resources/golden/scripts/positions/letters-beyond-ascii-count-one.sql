-- Trap: a letter of two or three bytes is one column.
-- Rule: manual 55.8, ErrorResponse: positions count characters, not bytes.
SELECT 'ä'; SELECT '日本'; SELECT 3;
