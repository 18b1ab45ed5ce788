-- Trap: a dollar quote directly behind a string is a string of its own.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT concat('a',$$;$$);
SELECT 'a'$$;$$;
SELECT 3;
