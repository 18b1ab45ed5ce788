-- Trap: SET ... FROM CURRENT is an option of functions, not a statement.
-- Rule: manual 20.13.1, standard_conforming_strings; CREATE FUNCTION.
CREATE OR REPLACE FUNCTION from_current() RETURNS int LANGUAGE sql SET standard_conforming_strings FROM CURRENT AS 'SELECT 1';
SELECT '\';
