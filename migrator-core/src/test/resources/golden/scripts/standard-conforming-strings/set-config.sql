-- Trap: the text of set_config(...) sets too, but only the server knows: psql hears of it, a reader of the text need not.
-- Rule: manual 20.13.1, standard_conforming_strings; 9.27.1, set_config.
SELECT set_config('standard_conforming_strings', 'off', false);
SELECT 'a\';
SELECT 'b\' || ';';
