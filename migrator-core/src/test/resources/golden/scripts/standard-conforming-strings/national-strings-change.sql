-- Trap: N strings follow the setting.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET standard_conforming_strings = off;
SELECT N'\';';
SELECT 3;
