-- Trap: white space at the ends of data lines is data.
-- Rule: manual, COPY.
COPY t FROM STDIN;
 	 
	
\.
SELECT 2;
