-- Trap: a column list and options in parentheses, with quotes in them.
-- Rule: manual, COPY.
COPY t (a, b) FROM STDIN WITH (FORMAT csv, DELIMITER ';', QUOTE '''', NULL 'FROM');
1;'a;b'
\.
SELECT 2;
