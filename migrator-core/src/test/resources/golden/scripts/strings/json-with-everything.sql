-- Trap: JSON text with braces, quotes, semicolons and backslashes is one string.
-- Rule: manual 4.1.2.1, String Constants.
SELECT '{"a": "b;\"c\"", "d": ["$$", "--", "/*"]}'::jsonb;
SELECT 2;
