-- Trap: a dollar quote keeps its line ends and its indentation.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT $$

  a;
	b;

$$;
SELECT 2;
