-- Trap: E behind an operator begins an escape string.
-- Rule: manual 4.1.3, Operators and 4.1.2.2.
SELECT 'a'||E'\';'; SELECT 'a'=E'\';';
