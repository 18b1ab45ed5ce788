-- Trap: $1$$ is a parameter and then a dollar quote.
-- Rule: manual 4.2.2, Positional Parameters and 4.1.2.4.
SELECT $1$$;$$;
SELECT 2;
