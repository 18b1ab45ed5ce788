-- Trap: a dollar quote has no escapes.
-- Rule: manual 20.13.1, standard_conforming_strings and 4.1.2.4.
SET standard_conforming_strings = off;
SELECT $$\$$;
SELECT 3;
