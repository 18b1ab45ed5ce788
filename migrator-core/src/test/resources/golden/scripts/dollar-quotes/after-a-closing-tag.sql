-- Trap: a dollar quote begins directly behind another one.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT concat($$;$$,$$;$$);
SELECT $a$;$a$$b$;$b$;
SELECT 3;
