-- Trap: \copy reads a file of the client.
-- Rule: manual, psql.
\copy t FROM 'file.csv'
SELECT 2;
