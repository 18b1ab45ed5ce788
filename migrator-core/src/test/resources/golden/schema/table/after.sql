CREATE TABLE added (id integer);
CREATE UNLOGGED TABLE t (id integer PRIMARY KEY, name text) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
CREATE UNIQUE INDEX t_name ON t (name);
ALTER TABLE t ALTER name SET NOT NULL, REPLICA IDENTITY USING INDEX t_name, ENABLE ROW LEVEL SECURITY;
COMMENT ON TABLE t IS 'Lines of
a comment';
GRANT SELECT, INSERT ON t TO pg_monitor;
GRANT UPDATE ON t TO pg_read_all_data WITH GRANT OPTION;
GRANT SELECT ON t TO public;
CREATE TABLE base (id integer);
ALTER TABLE base REPLICA IDENTITY FULL;
CREATE TABLE kid () INHERITS (base);
CREATE TYPE row_type AS (id integer);
CREATE TABLE typed OF row_type;
CREATE TABLE forced (id integer);
ALTER TABLE forced FORCE ROW LEVEL SECURITY, OWNER TO pg_monitor, REPLICA IDENTITY NOTHING;
REVOKE ALL ON forced FROM pg_monitor;
CREATE ACCESS METHOD same_as_heap TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE other_method (id integer) USING same_as_heap;
