-- What pg_dump and the strict fingerprint say about a change: the name of a case, what they say, the schema before; then the change.

==== extension member grants
both differ
CREATE EXTENSION hstore;
--->
REVOKE EXECUTE ON FUNCTION akeys(hstore) FROM public;
==== system function grants
both differ
--->
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM public;
==== partition's constraint index attached to a parent's plain index
both differ
CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE UNIQUE INDEX p_a ON ONLY p (a); ALTER TABLE p1 ADD CONSTRAINT p1_u UNIQUE (a);
--->
ALTER INDEX p_a ATTACH PARTITION p1_u;
==== check constraint on partitions
both differ
--->
CREATE TABLE p (a integer, CONSTRAINT c CHECK (a > 0)) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 (a integer, CONSTRAINT c CHECK (a > 0)); ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2);
==== check constraint inherited on three levels
both differ
--->
CREATE TABLE a (x integer, CONSTRAINT c CHECK (x > 0)); CREATE TABLE b () INHERITS (a); CREATE TABLE d (y integer DEFAULT 2) INHERITS (b);
ALTER TABLE d ALTER x SET DEFAULT 5; ALTER TABLE b ALTER x SET NOT NULL;
==== order of storage options
both equal
CREATE TABLE t (a integer) WITH (fillfactor = 70, autovacuum_enabled = false);
--->
ALTER TABLE t RESET (fillfactor); ALTER TABLE t SET (fillfactor = 70);
==== order of function settings
both differ
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET work_mem = '1MB' SET statement_timeout = '1s' AS 'SELECT 1';
--->
ALTER FUNCTION f() RESET work_mem; ALTER FUNCTION f() SET work_mem = '1MB';
==== order of grants
both equal
CREATE TABLE t (a integer); GRANT SELECT ON t TO pg_monitor; GRANT SELECT ON t TO pg_read_all_data;
--->
REVOKE SELECT ON t FROM pg_monitor; GRANT SELECT ON t TO pg_monitor;
==== order of event trigger tags
both equal
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION f();
--->
DROP EVENT TRIGGER e; CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('ALTER TABLE', 'CREATE TABLE') EXECUTE FUNCTION f();
==== user mapping options
both differ
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR public SERVER s OPTIONS (user 'a');
--->
ALTER USER MAPPING FOR public SERVER s OPTIONS (SET user 'b');
==== extension version
only the fingerprint differs
CREATE EXTENSION hstore VERSION '1.4';
--->
ALTER EXTENSION hstore UPDATE TO '1.8';
==== column dropped and added at the end
both differ
CREATE TABLE t (a integer, b integer, c integer);
--->
ALTER TABLE t DROP b; ALTER TABLE t ADD b integer;
==== last column dropped and added
both equal
CREATE TABLE t (a integer, b integer);
--->
ALTER TABLE t DROP b; ALTER TABLE t ADD b integer;
==== invalid index on partitioned
both differ
CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
--->
CREATE INDEX p_a ON ONLY p (a);
==== comment on a view's own rule, which pg_dump leaves out
both equal
CREATE VIEW v AS SELECT 1 AS a;
--->
COMMENT ON RULE "_RETURN" ON v IS 'why';
==== owner of the sequence's table column
both differ
CREATE TABLE t (id serial, other integer);
--->
ALTER SEQUENCE t_id_seq OWNED BY t.other;
==== statistics target of an exclusion constraint's expression, which pg_dump leaves out
both equal
CREATE TABLE t (a integer, CONSTRAINT e EXCLUDE USING btree ((a + 1) WITH =));
--->
ALTER INDEX e ALTER COLUMN 1 SET STATISTICS 55;
==== sequence restarted
both equal
CREATE SEQUENCE s;
--->
SELECT setval('s', 50);
==== grant by another grantor
both differ
CREATE TABLE t (a integer); GRANT SELECT ON t TO pg_monitor WITH GRANT OPTION;
--->
SET ROLE pg_monitor; GRANT SELECT ON t TO pg_read_all_data;
==== public schema's grants and owner
both differ
--->
GRANT CREATE ON SCHEMA public TO public; ALTER SCHEMA public OWNER TO pg_monitor; COMMENT ON SCHEMA public IS NULL;
==== public schema dropped
only the fingerprint differs
--->
DROP SCHEMA public;
==== language dropped
only the fingerprint differs
--->
DROP EXTENSION plpgsql;
==== table in an extension's schema, option with comma
both differ
CREATE SCHEMA s; CREATE FUNCTION s.f() RETURNS integer LANGUAGE sql SET search_path = s, public AS 'SELECT 1';
--->
ALTER FUNCTION s.f() SET search_path = 's, public';
==== view's default column, security invoker
both differ
CREATE TABLE t (a integer); CREATE VIEW v AS SELECT a FROM t;
--->
-- needs PostgreSQL 15
ALTER VIEW v SET (security_invoker = true);
==== matview without data, unlogged sequence
both equal
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
--->
REFRESH MATERIALIZED VIEW m WITH NO DATA;
==== names that need quotes
both differ
--->
CREATE SCHEMA "Odd. one"; CREATE TABLE "Odd. one"."T ""x" ("a.b" serial PRIMARY KEY, "select" text COLLATE "C"); CREATE INDEX "I x" ON "Odd. one"."T ""x" (lower("select")); COMMENT ON COLUMN "Odd. one"."T ""x"."a.b" IS E'line\n-- not a comment\n''q''';
==== identity with options on partition parent
both differ
--->
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 3), g integer GENERATED ALWAYS AS (7) STORED) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (10); CREATE TABLE t2 PARTITION OF t DEFAULT; ALTER TABLE t ADD PRIMARY KEY (id); CREATE TABLE u (t integer REFERENCES t ON DELETE CASCADE);
==== grant on a system view
both differ
--->
GRANT SELECT ON pg_catalog.pg_authid TO pg_monitor;
==== grant on a column of a system table
both differ
--->
GRANT SELECT (rolname) ON pg_catalog.pg_authid TO pg_monitor;
==== usual grant of a system function in words
both equal
--->
GRANT EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) TO public;
==== grant and revoke on a system function
both equal
--->
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO pg_monitor; REVOKE EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) FROM pg_monitor;
==== usage of a trusted language
both differ
--->
REVOKE USAGE ON LANGUAGE plpgsql FROM public;
==== usage of the language sql, which pg_dump leaves out
both equal
--->
REVOKE USAGE ON LANGUAGE sql FROM public;
==== grant on the system's schema
both differ
--->
GRANT CREATE ON SCHEMA pg_catalog TO pg_monitor;
==== grant on the information schema, which pg_dump leaves out
both equal
--->
REVOKE USAGE ON SCHEMA information_schema FROM public;
==== type of an extension
both differ
CREATE EXTENSION hstore;
--->
REVOKE USAGE ON TYPE hstore FROM public;
==== wrapper of an extension
both differ
CREATE EXTENSION postgres_fdw;
--->
GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO pg_monitor;
==== table of an extension
both differ
CREATE EXTENSION hstore; CREATE TABLE t (a integer); ALTER EXTENSION hstore ADD TABLE t;
--->
GRANT SELECT ON t TO pg_monitor;
==== column of an extension's table
both differ
CREATE EXTENSION hstore; CREATE TABLE t (a integer); ALTER EXTENSION hstore ADD TABLE t;
--->
GRANT SELECT (a) ON t TO pg_monitor;
==== row security of an extension's table, which pg_dump leaves out
both equal
CREATE EXTENSION hstore; CREATE TABLE t (a integer); ALTER EXTENSION hstore ADD TABLE t;
--->
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
==== policy on an extension's table, which pg_dump leaves out
both equal
CREATE EXTENSION hstore; CREATE TABLE t (a integer); ALTER EXTENSION hstore ADD TABLE t; ALTER TABLE t ENABLE ROW LEVEL SECURITY;
--->
CREATE POLICY p ON t USING (a > 1);
==== index on an extension's table, which pg_dump leaves out
both equal
CREATE EXTENSION hstore; CREATE TABLE t (a integer); ALTER EXTENSION hstore ADD TABLE t;
--->
CREATE INDEX i ON t (a);
==== one of two constraint indexes attached to a plain index
both differ
CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
CREATE UNIQUE INDEX p_a ON ONLY p (a); ALTER TABLE p1 ADD CONSTRAINT p1_u UNIQUE (a);
--->
ALTER INDEX p_a ATTACH PARTITION p1_u;
==== password of a user mapping
only pg_dump differs
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR public SERVER s OPTIONS (user 'a', password 'a');
--->
ALTER USER MAPPING FOR public SERVER s OPTIONS (SET password 'b');
==== secret of a server
only pg_dump differs
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (api_key 'a');
--->
ALTER SERVER s OPTIONS (SET api_key 'b');
==== secret of a server, added
both differ
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
--->
ALTER SERVER s OPTIONS (ADD api_key 'b');
==== connection of a subscription
only pg_dump differs
CREATE SUBSCRIPTION %{database} CONNECTION 'dbname=a' PUBLICATION p WITH (connect = false, slot_name = NONE);
--->
ALTER SUBSCRIPTION %{database} CONNECTION 'dbname=b';
==== comment on an inherited constraint, which pg_dump leaves out
only the fingerprint differs
CREATE TABLE a (x integer, CONSTRAINT c CHECK (x > 0)); CREATE TABLE b () INHERITS (a);
--->
COMMENT ON CONSTRAINT c ON b IS 'why';
==== comment on a partition's part of a primary key
both differ
CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); ALTER TABLE p ADD PRIMARY KEY (a);
--->
COMMENT ON CONSTRAINT p1_pkey ON p1 IS 'why';
==== comment on a partition's part of a foreign key, which pg_dump leaves out
both equal
CREATE TABLE u (a integer PRIMARY KEY); CREATE TABLE p (a integer REFERENCES u) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
--->
COMMENT ON CONSTRAINT p_a_fkey ON p1 IS 'why';
==== comment on the index of a constraint
both differ
CREATE TABLE t (a integer PRIMARY KEY);
--->
COMMENT ON INDEX t_pkey IS 'why';
==== comment on an identity's sequence
both differ
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY);
--->
COMMENT ON SEQUENCE t_a_seq IS 'why';
==== grant on an identity's sequence
both differ
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY);
--->
GRANT USAGE ON SEQUENCE t_a_seq TO pg_monitor;
==== name of an identity's sequence
both differ
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY);
--->
ALTER SEQUENCE t_a_seq RENAME TO other;
==== comment on a materialized view's index and column
both differ
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE INDEX i ON m (a);
--->
COMMENT ON INDEX i IS 'why'; COMMENT ON COLUMN m.a IS 'why';
==== order of parents
both differ
CREATE TABLE a (x integer); CREATE TABLE b (x integer); CREATE TABLE c () INHERITS (a, b);
--->
ALTER TABLE c NO INHERIT a; ALTER TABLE c INHERIT a;
==== order of triggers' creation
both equal
CREATE TABLE t (a integer); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE TRIGGER a BEFORE INSERT ON t EXECUTE FUNCTION f(); CREATE TRIGGER b BEFORE INSERT ON t EXECUTE FUNCTION f();
--->
DROP TRIGGER a ON t; CREATE TRIGGER a BEFORE INSERT ON t EXECUTE FUNCTION f();
==== settings of the database, which belong to no schema
both equal
--->
ALTER DATABASE %{database} SET work_mem = '9MB'; COMMENT ON DATABASE %{database} IS 'why';
==== large object
both equal
--->
SELECT lo_create(0);
==== view that bakes in the type's name
both differ
CREATE DOMAIN d AS integer; CREATE VIEW v AS SELECT 1::d AS a;
--->
ALTER DOMAIN d RENAME TO e;
==== invalid index
both differ
CREATE TABLE t (a integer); CREATE INDEX i ON t (a);
--->
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass;
==== sequence of another persistence
both differ
-- needs PostgreSQL 15
CREATE SEQUENCE s;
--->
ALTER SEQUENCE s SET UNLOGGED;
==== extension in another schema
both differ
CREATE SCHEMA s; CREATE EXTENSION hstore;
--->
ALTER EXTENSION hstore SET SCHEMA s;
==== table that the extension now owns
both differ
CREATE EXTENSION hstore; CREATE TABLE t (a integer);
--->
ALTER EXTENSION hstore ADD TABLE t;
==== publication of some columns and rows
both differ
-- needs PostgreSQL 15
CREATE TABLE t (a integer, b integer); CREATE PUBLICATION p FOR TABLE t;
--->
ALTER PUBLICATION p SET TABLE t (b) WHERE (a > 1);
==== default privileges of everybody
both differ
--->
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM public;
==== default privileges, the usual in words
both equal
--->
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO CURRENT_USER;
==== grants on a row type, which pg_dump leaves out
both equal
CREATE TABLE t (a integer);
--->
REVOKE USAGE ON TYPE t FROM public;
==== comment on a row type, which pg_dump leaves out
both equal
CREATE TABLE t (a integer);
--->
COMMENT ON TYPE t IS 'why';
==== array type renamed with its element
both differ
CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e[]);
--->
ALTER TYPE e RENAME TO f;
==== multirange renamed
both differ
CREATE TYPE r AS RANGE (subtype = integer);
--->
ALTER TYPE r_multirange RENAME TO rm;
==== comment on a range's constructor, which pg_dump leaves out
both equal
CREATE TYPE r AS RANGE (subtype = integer);
--->
COMMENT ON FUNCTION r(integer, integer) IS 'why';
==== grant on a range's constructor, which pg_dump leaves out
both equal
CREATE TYPE r AS RANGE (subtype = integer);
--->
REVOKE EXECUTE ON FUNCTION r(integer, integer) FROM public;
==== comment on a multirange, which pg_dump leaves out
both equal
CREATE TYPE r AS RANGE (subtype = integer);
--->
COMMENT ON TYPE r_multirange IS 'why';
==== statistics target of an index's expression
both differ
CREATE TABLE t (a integer, b text); CREATE INDEX i ON t (a, lower(b));
--->
ALTER INDEX i ALTER COLUMN 2 SET STATISTICS 7;
==== storage of an index's column
both equal
CREATE TABLE t (b text); CREATE INDEX i ON t (b);
--->
UPDATE pg_attribute SET attstorage = 'm' WHERE attrelid = 'i'::regclass;
==== function's parameters renamed
both differ
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--->
DROP FUNCTION f; CREATE FUNCTION f(b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
==== domain over a domain
both differ
CREATE DOMAIN a AS text; CREATE DOMAIN b AS a;
--->
ALTER DOMAIN a SET DEFAULT 'x';
==== collation of a domain's column
both differ
CREATE DOMAIN d AS text COLLATE "C"; CREATE TABLE t (a d);
--->
ALTER TABLE t ALTER a TYPE d COLLATE "POSIX";
==== storage set to the type's own
both equal
CREATE TABLE t (a text);
--->
ALTER TABLE t ALTER a SET STORAGE EXTENDED;
==== options of the toast table
both differ
CREATE TABLE t (a text);
--->
ALTER TABLE t SET (toast.autovacuum_vacuum_threshold = 7);
==== one more storage option
both differ
CREATE TABLE t (a integer) WITH (fillfactor = 70);
--->
ALTER TABLE t SET (autovacuum_vacuum_scale_factor = 0.3);
==== empty comment, which is none
both equal
CREATE TABLE "a name that is as long as a name may be in PostgreSQL, 63 bytes" (a integer);
--->
COMMENT ON TABLE "a name that is as long as a name may be in PostgreSQL, 63 bytes" IS '';
==== check constraint not valid for a parent whose child has it
both differ
CREATE TABLE a (x integer); CREATE TABLE b () INHERITS (a); ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;
--->
ALTER TABLE a VALIDATE CONSTRAINT c;
==== check constraint that the child alone has validated, which pg_dump leaves out
both equal
CREATE TABLE a (x integer); CREATE TABLE b () INHERITS (a); ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0) NOT VALID;
--->
ALTER TABLE b VALIDATE CONSTRAINT c;
==== function that goes with an extension
both differ
CREATE EXTENSION hstore; CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
--->
ALTER FUNCTION f() DEPENDS ON EXTENSION hstore;
==== index that goes with an extension
both differ
CREATE EXTENSION hstore; CREATE TABLE t (a integer); CREATE INDEX i ON t (a);
--->
ALTER INDEX i DEPENDS ON EXTENSION hstore;
==== index of a constraint that goes with an extension
both differ
CREATE EXTENSION hstore; CREATE TABLE t (a integer CONSTRAINT k PRIMARY KEY);
--->
ALTER INDEX k DEPENDS ON EXTENSION hstore;
==== materialized view that goes with an extension
both differ
CREATE EXTENSION hstore; CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
--->
ALTER MATERIALIZED VIEW m DEPENDS ON EXTENSION hstore;
==== trigger that goes with an extension
both differ
CREATE EXTENSION hstore; CREATE TABLE t (a integer); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
--->
ALTER TRIGGER g ON t DEPENDS ON EXTENSION hstore;
==== user mapping that requires no password
both differ
CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw; CREATE USER MAPPING FOR CURRENT_USER SERVER s;
--->
ALTER USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (ADD password_required 'false');
==== option whose value holds what looks like another option
both differ
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (a E'x\nb=y');
--->
ALTER SERVER s OPTIONS (SET a 'x', ADD b 'y');
==== setting whose value holds what looks like another setting
both differ
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET app.a = E'x\napp.b=y' AS 'SELECT 1';
--->
ALTER FUNCTION f() SET app.a = 'x'; ALTER FUNCTION f() SET app.b = 'y';
==== secrets of foreign objects, which are not shown
only pg_dump differs
CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (odbc_PWD 'x', sa_key 'x', conn_string 'tcp://u:x@h');
CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (user 'u', anything 'x');
--->
ALTER SERVER s OPTIONS (SET odbc_PWD 'y', SET sa_key 'y', SET conn_string 'tcp://u:y@h'); ALTER USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (SET anything 'y');
