-- Trap: a dollar sign directly behind an identifier belongs to it.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants: separated from a keyword or identifier by white space.
SELECT 1 AS a$$; SELECT 2 AS b$$;
SELECT 3;
