-- Trap: \. before a lone carriage return ends nothing: only a newline ends a line of data here.
-- Rule: manual, COPY; psql reads lines up to a newline.
COPY u FROM STDIN WITH (FORMAT csv);
"a\.b"
\.
SELECT 2;
