-- Trap: nothing is replaced within quotes.
-- Rule: manual, psql, SQL Interpolation.
SELECT ':USER'; SELECT 1 AS ":USER"; SELECT $$:USER$$;
