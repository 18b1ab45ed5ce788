-- Trap: \. ends the data only when it is the whole line.
-- Rule: manual, COPY.
COPY u FROM STDIN WITH (FORMAT csv);
a\.
 \.
\..
\.
SELECT 2;
