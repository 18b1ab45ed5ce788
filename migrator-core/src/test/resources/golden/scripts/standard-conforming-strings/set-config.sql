-- Trap: the text of set_config(...) sets too, as SET does.
-- Rule: manual 20.13.1, standard_conforming_strings; 9.27.1, set_config.
SELECT set_config('standard_conforming_strings', 'off', false);
SELECT 'a\'; b';
SELECT set_config('standard_conforming_strings', 'on', false);
SELECT 'b\' || ';';
