-- totals_new was created and filled by the migration before.
DROP MATERIALIZED VIEW IF EXISTS totals;
ALTER MATERIALIZED VIEW totals_new RENAME TO totals;
