-- Trap: an en dash or an em dash begins no comment.
-- Rule: manual 4.1.1, Identifiers and Key Words and 4.1.5.
SELECT 1 AS a ——; SELECT 2 –– ;
