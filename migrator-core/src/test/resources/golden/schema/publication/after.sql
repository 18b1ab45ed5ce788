CREATE TABLE t (a integer, b integer);
CREATE TABLE u (a integer);
CREATE PUBLICATION p FOR TABLE t, u WITH (publish = 'insert, delete', publish_via_partition_root = true);
COMMENT ON PUBLICATION p IS 'why';
ALTER PUBLICATION p OWNER TO pg_monitor;
CREATE PUBLICATION everything FOR ALL TABLES;
