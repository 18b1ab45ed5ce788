-- Trap: $1$ is a parameter and a dollar sign, not a tag.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants and 4.2.2.
PREPARE p AS SELECT $1;
SELECT $1$; SELECT $1$;
