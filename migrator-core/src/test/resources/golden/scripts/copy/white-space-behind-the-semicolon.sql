-- Trap: blanks between the semicolon and the line end are no data.
-- Rule: manual, psql: the data begin on the next line.
COPY u FROM STDIN;  	
a
\.
SELECT 2;
