-- Trap: \. outside data: COPY has lost its data.
-- Rule: manual, psql.
SELECT 1;
\.
SELECT 2;
