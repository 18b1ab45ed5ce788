-- Trap: a character of two UTF-16 units is one column.
-- Rule: manual 55.8, ErrorResponse: positions count characters, not bytes.
SELECT '😀'; SELECT 2; SELECT '𝒳😀'; SELECT 4;
