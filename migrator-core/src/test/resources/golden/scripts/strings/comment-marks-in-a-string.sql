-- Trap: -- and /* inside a string begin no comment.
-- Rule: manual 4.1.2.1, String Constants and 4.1.5.
SELECT '-- not a comment'; SELECT '/* nor this';
SELECT '*/';
