DROP VIEW totals;
CREATE VIEW totals AS SELECT id, 1 AS one FROM orders;
