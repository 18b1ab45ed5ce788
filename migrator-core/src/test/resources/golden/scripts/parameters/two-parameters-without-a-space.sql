-- Trap: $1$2 is two parameters.
-- Rule: manual 4.2.2, Positional Parameters.
PREPARE c1 AS SELECT $1$2; SELECT 2;
