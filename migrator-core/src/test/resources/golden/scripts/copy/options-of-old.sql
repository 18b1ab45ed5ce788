-- Trap: options as before 9.0.
-- Rule: manual, COPY.
COPY t FROM STDIN WITH DELIMITER '|' NULL AS 'x;y' CSV;
1|2
\.
COPY t FROM STDIN DELIMITERS ',';
1,2
\.
SELECT 3;
