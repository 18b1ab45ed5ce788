-- Trap: a function's own setting is not the session's.
-- Rule: manual 20.13.1, standard_conforming_strings; CREATE FUNCTION, SET.
CREATE OR REPLACE FUNCTION with_setting() RETURNS int LANGUAGE sql SET standard_conforming_strings = off AS 'SELECT 1';
SELECT '\';
SELECT 3;
