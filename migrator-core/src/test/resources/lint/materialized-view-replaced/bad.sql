-- also: drop-view
DROP MATERIALIZED VIEW totals;
CREATE MATERIALIZED VIEW totals AS SELECT id, 1 AS one FROM orders;
