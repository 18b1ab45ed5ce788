-- Trap: SET ... TO 'off', with capitals and quotes.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET Standard_Conforming_Strings TO 'OFF';
SELECT 'a\';b';
SET standard_conforming_strings TO 'on';
SELECT '\';
