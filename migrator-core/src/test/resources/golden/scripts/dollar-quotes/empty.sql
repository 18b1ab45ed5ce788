-- Trap: $$$$ is an empty string, and $$$$$$ is not three.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants.
SELECT $$$$;
SELECT $a$$a$;
SELECT 3;
