-- Trap: empty lines and lines of blanks count.
-- Rule: manual 4.1: white space and comments separate statements; the engine counts lines and columns from 1.


   
	
  SELECT 1;


 SELECT 2;
