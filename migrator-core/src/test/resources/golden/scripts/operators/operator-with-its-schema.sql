-- Trap: OPERATOR(schema.+) holds parentheses.
-- Rule: manual 4.2.5, Operator Invocations.
SELECT 3 OPERATOR(pg_catalog.+) 4; SELECT 2;
