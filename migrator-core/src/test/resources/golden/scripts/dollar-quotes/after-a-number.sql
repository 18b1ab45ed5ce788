-- Trap: 1$$ is a number and then a dollar quote.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants and 4.1.2.6.
SELECT 1$$;$$;
SELECT 2;
