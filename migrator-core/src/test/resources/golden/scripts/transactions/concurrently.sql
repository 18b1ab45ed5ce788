-- Trap: statements that cannot run in a transaction.
-- Rule: manual, the notes on each of these commands.
CREATE INDEX CONCURRENTLY ON no_such_table (a);
DROP INDEX CONCURRENTLY no_such_index;
REINDEX (VERBOSE) TABLE CONCURRENTLY no_such_table;
REINDEX TABLE no_such_table;
VACUUM no_such_table;
ALTER TABLE no_such_table DETACH PARTITION p CONCURRENTLY;
REFRESH MATERIALIZED VIEW CONCURRENTLY no_such_view;
