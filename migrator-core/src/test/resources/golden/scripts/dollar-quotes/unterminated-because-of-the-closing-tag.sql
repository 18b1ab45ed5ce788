-- Trap: $$ opened, $a$ written at the end.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants. Refused where it begins.
DO $$ BEGIN NULL; END $a$;
