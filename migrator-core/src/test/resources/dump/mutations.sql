-- Each block finds the changes of one kind that can be made now, one in each row.
-- Before it stand the tables sp (the random schemas), and rel, col, con, idx, fun, typ of what is in them.
-- In these, id is a name with its schema and qn a quoted name.

-- rename a table
SELECT format('ALTER TABLE %s RENAME TO %I', id, relname || '_r') FROM rel WHERE relkind IN ('r', 'p')
-- rename a view
SELECT format('ALTER VIEW %s RENAME TO %I', id, relname || '_r') FROM rel WHERE relkind = 'v'
-- rename a column
SELECT format('ALTER TABLE %s RENAME %s TO %I', id, qn, attname || '_r') FROM col WHERE relkind IN ('r', 'p') AND attinhcount = 0
-- rename a constraint
SELECT format('ALTER TABLE %s RENAME CONSTRAINT %s TO %I', id, qn, conname || '_r') FROM con WHERE conrelid <> 0 AND coninhcount = 0
-- rename an index
SELECT format('ALTER INDEX %s RENAME TO %I', id, relname || '_r') FROM idx
-- rename a sequence
SELECT format('ALTER SEQUENCE %s RENAME TO %I', id, relname || '_r') FROM rel WHERE relkind = 'S'
-- rename a type
SELECT format('ALTER TYPE %s RENAME TO %I', id, typname || '_r') FROM typ WHERE typtype IN ('e', 'c', 'r')
-- rename a function
SELECT format('ALTER ROUTINE %s RENAME TO %I', id, proname || '_r') FROM fun WHERE prokind <> 'a'
-- rename a trigger
SELECT format('ALTER TRIGGER %I ON %s RENAME TO %I', tgname, r.id, tgname || '_r') FROM pg_trigger t JOIN rel r ON r.oid = tgrelid WHERE NOT tgisinternal
-- rename a policy
SELECT format('ALTER POLICY %I ON %s RENAME TO %I', polname, r.id, polname || '_r') FROM pg_policy JOIN rel r ON r.oid = polrelid
-- rename a rule
SELECT format('ALTER RULE %I ON %s RENAME TO %I', rulename, r.id, rulename || '_r') FROM pg_rewrite JOIN rel r ON r.oid = ev_class WHERE rulename <> '_RETURN'
-- rename an enum value
SELECT format('ALTER TYPE %s RENAME VALUE %L TO %L', t.id, enumlabel, enumlabel || '_r') FROM pg_enum JOIN typ t ON t.oid = enumtypid
-- rename an attribute
SELECT format('ALTER TYPE %s RENAME ATTRIBUTE %s TO %I', id, qn, attname || '_r') FROM col WHERE relkind = 'c'
-- rename a domain constraint
SELECT format('ALTER DOMAIN %s RENAME CONSTRAINT %s TO %I', t.id, k.qn, conname || '_r') FROM con k JOIN typ t ON t.oid = contypid
-- add a column
SELECT format('ALTER TABLE %s ADD added %s', id, t) FROM rel, unnest(ARRAY['integer', 'text DEFAULT ''x''', 'numeric NOT NULL', 'bigint GENERATED ALWAYS AS IDENTITY']) AS t WHERE relkind IN ('r', 'p') AND NOT relispartition
-- drop a column
SELECT format('ALTER TABLE %s DROP %s CASCADE', id, qn) FROM col WHERE relkind = 'r' AND attinhcount = 0 AND NOT relispartition
-- move a column to the end
SELECT format('ALTER TABLE %s DROP %s CASCADE; ALTER TABLE %1$s ADD %2$s %3$s', id, qn, format_type(atttypid, atttypmod)) FROM col WHERE relkind = 'r' AND attinhcount = 0 AND NOT relispartition AND dflt IS NULL
-- change a length
SELECT format('ALTER TABLE %s ALTER %s TYPE varchar(21)', id, qn) FROM col WHERE relkind = 'r' AND NOT relispartition AND attinhcount = 0 AND atttypid = 'varchar'::regtype
-- change a type
SELECT format('ALTER TABLE %s ALTER %s TYPE %s', id, qn, CASE atttypid WHEN 'int4'::regtype THEN 'bigint' ELSE 'timestamptz(2)' END) FROM col WHERE relkind = 'r' AND NOT relispartition AND attinhcount = 0 AND atttypid IN ('int4'::regtype, 'timestamptz'::regtype) AND attgenerated = '' AND attidentity = ''
-- change a precision
SELECT format('ALTER TABLE %s ALTER %s TYPE numeric(11,2)', id, qn) FROM col WHERE relkind = 'r' AND NOT relispartition AND attinhcount = 0 AND atttypid = 'numeric'::regtype
-- change a column's collation
SELECT format('ALTER TABLE %s ALTER %s TYPE text COLLATE %s', id, qn, CASE attcollation::regcollation::text WHEN '"C"' THEN '"default"' ELSE '"C"' END) FROM col WHERE relkind = 'r' AND NOT relispartition AND attinhcount = 0 AND atttypid = 'text'::regtype
-- set a default
SELECT format('ALTER TABLE %s ALTER %s SET DEFAULT %s', id, qn, v) FROM col, unnest(ARRAY['NULL', '''0''']) AS v WHERE relkind IN ('r', 'p') AND attgenerated = '' AND attidentity = ''
-- set a view's default
SELECT format('ALTER VIEW %s ALTER %s SET DEFAULT NULL', id, qn) FROM col WHERE relkind = 'v'
-- drop a default
SELECT format('ALTER TABLE %s ALTER %s DROP DEFAULT', id, qn) FROM col WHERE relkind IN ('r', 'p') AND attgenerated = '' AND dflt IS NOT NULL
-- set not null
SELECT format('ALTER TABLE %s ALTER %s SET NOT NULL', id, qn) FROM col WHERE relkind IN ('r', 'p') AND NOT attnotnull
-- drop not null
SELECT format('ALTER TABLE %s ALTER %s DROP NOT NULL', id, qn) FROM col WHERE relkind IN ('r', 'p') AND attnotnull AND attidentity = '' AND attinhcount = 0
-- set storage
SELECT format('ALTER TABLE %s ALTER %s SET STORAGE %s', id, qn, v) FROM col, unnest(ARRAY['EXTERNAL', 'MAIN', 'EXTENDED']) AS v WHERE relkind IN ('r', 'p') AND typstorage = 'x'
-- set compression
SELECT format('ALTER TABLE %s ALTER %s SET COMPRESSION %s', id, qn, v) FROM col, unnest(ARRAY['pglz', 'default']) AS v WHERE relkind IN ('r', 'p') AND typstorage = 'x'
-- set a column's statistics target
SELECT format('ALTER TABLE %s ALTER %s SET STATISTICS 55', id, qn) FROM col WHERE relkind IN ('r', 'p', 'm')
-- set a column's options
SELECT format('ALTER TABLE %s ALTER %s SET (n_distinct = 6)', id, qn) FROM col WHERE relkind = 'r'
-- reset a column's options
SELECT format('ALTER TABLE %s ALTER %s RESET (n_distinct)', id, qn) FROM col WHERE attoptions IS NOT NULL
-- add an identity
SELECT format('ALTER TABLE %s ALTER %s ADD GENERATED %s AS IDENTITY', id, qn, v) FROM col, unnest(ARRAY['ALWAYS', 'BY DEFAULT']) AS v WHERE relkind = 'r' AND NOT relispartition AND attnotnull AND dflt IS NULL AND attidentity = '' AND atttypid IN ('int4'::regtype, 'int8'::regtype)
-- drop an identity
SELECT format('ALTER TABLE %s ALTER %s DROP IDENTITY', id, qn) FROM col WHERE attidentity <> '' AND attinhcount = 0
-- change an identity
SELECT format('ALTER TABLE %s ALTER %s SET GENERATED %s', id, qn, CASE attidentity WHEN 'a' THEN 'BY DEFAULT' ELSE 'ALWAYS' END) FROM col WHERE attidentity <> '' AND attinhcount = 0
-- change an identity's sequence
SELECT format('ALTER TABLE %s ALTER %s SET INCREMENT 7 SET CACHE 2', id, qn) FROM col WHERE attidentity <> '' AND attinhcount = 0
-- drop a generation
SELECT format('ALTER TABLE %s ALTER %s DROP EXPRESSION', id, qn) FROM col WHERE attgenerated = 's' AND attinhcount = 0
-- comment on a column
SELECT format('COMMENT ON COLUMN %s.%s IS %L', id, qn, v) FROM col, unnest(ARRAY['changed', NULL]) AS v WHERE relkind IN ('r', 'p', 'v', 'c', 'f')
-- comment on a table
SELECT format('COMMENT ON TABLE %s IS %L', id, v) FROM rel, unnest(ARRAY['changed', 'it''s', NULL]) AS v WHERE relkind IN ('r', 'p')
-- comment on a constraint
SELECT format('COMMENT ON CONSTRAINT %s ON %s IS %L', qn, id, v) FROM con, unnest(ARRAY['changed', NULL]) AS v WHERE conrelid <> 0 AND coninhcount = 0
-- comment on a domain's constraint
SELECT format('COMMENT ON CONSTRAINT %s ON DOMAIN %s IS %L', k.qn, t.id, v) FROM con k JOIN typ t ON t.oid = contypid, unnest(ARRAY['changed', NULL]) AS v
-- comment on an index
SELECT format('COMMENT ON INDEX %s IS %L', id, v) FROM idx, unnest(ARRAY['changed', NULL]) AS v
-- comment on a function
SELECT format('COMMENT ON ROUTINE %s IS %L', id, v) FROM fun, unnest(ARRAY['changed', NULL]) AS v WHERE prokind <> 'a'
-- comment on a type
SELECT format('COMMENT ON TYPE %s IS %L', id, v) FROM typ, unnest(ARRAY['changed', NULL]) AS v
-- comment on a schema
SELECT format('COMMENT ON SCHEMA %I IS %L', nspname, v) FROM sp, unnest(ARRAY['changed', NULL]) AS v
-- comment on a sequence
SELECT format('COMMENT ON SEQUENCE %s IS %L', id, v) FROM rel, unnest(ARRAY['changed', NULL]) AS v WHERE relkind = 'S'
-- comment on a rule
SELECT format('COMMENT ON RULE %I ON %s IS %L', rulename, r.id, 'changed') FROM pg_rewrite JOIN rel r ON r.oid = ev_class WHERE rulename <> '_RETURN'
-- comment on a trigger
SELECT format('COMMENT ON TRIGGER %I ON %s IS %L', tgname, r.id, v) FROM pg_trigger t JOIN rel r ON r.oid = tgrelid, unnest(ARRAY['changed', NULL]) AS v WHERE NOT tgisinternal
-- comment on statistics
SELECT format('COMMENT ON STATISTICS %I.%I IS %L', nspname, stxname, 'changed') FROM pg_statistic_ext JOIN sp ON sp.oid = stxnamespace
-- change a table's owner
SELECT format('ALTER TABLE %s OWNER TO %s', id, v) FROM rel, unnest(ARRAY['pg_monitor', 'pg_read_all_data']) AS v WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
-- change a function's owner
SELECT format('ALTER ROUTINE %s OWNER TO pg_signal_backend', id) FROM fun WHERE prokind <> 'a'
-- change a type's owner
SELECT format('ALTER TYPE %s OWNER TO pg_signal_backend', id) FROM typ
-- change a schema's owner
SELECT format('ALTER SCHEMA %I OWNER TO pg_signal_backend', nspname) FROM sp
-- grant on a table
SELECT format('GRANT %s ON %s TO pg_signal_backend%s', p, id, o) FROM rel, unnest(ARRAY['SELECT', 'TRIGGER', 'ALL']) AS p, unnest(ARRAY['', ' WITH GRANT OPTION']) AS o WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
-- revoke on a table
SELECT format('REVOKE %s ON %s FROM %s', p, id, relowner::regrole) FROM rel, unnest(ARRAY['ALL', 'INSERT']) AS p WHERE relkind IN ('r', 'p', 'v')
-- grant the usual, in words
SELECT format('GRANT ALL ON %s TO %s', id, relowner::regrole) FROM rel WHERE relkind IN ('r', 'p') AND relacl IS NULL
-- grant on a column
SELECT format('GRANT %s (%s) ON %s TO %s', p, qn, id, r) FROM col, unnest(ARRAY['SELECT', 'UPDATE']) AS p, unnest(ARRAY['pg_signal_backend', 'PUBLIC']) AS r WHERE relkind IN ('r', 'p', 'v')
-- grant on a sequence
SELECT format('GRANT USAGE ON SEQUENCE %s TO pg_signal_backend', id) FROM rel WHERE relkind = 'S'
-- grant on a function
SELECT format('GRANT EXECUTE ON ROUTINE %s TO pg_signal_backend', id) FROM fun WHERE prokind <> 'a'
-- revoke on a function
SELECT format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', id) FROM fun WHERE prokind <> 'a'
-- revoke on a type
SELECT format('REVOKE USAGE ON TYPE %s FROM PUBLIC', id) FROM typ
-- grant on a schema
SELECT format('GRANT %s ON SCHEMA %I TO %s', p, nspname, r) FROM sp, unnest(ARRAY['USAGE', 'CREATE']) AS p, unnest(ARRAY['pg_signal_backend', 'PUBLIC']) AS r
-- default privileges
SELECT format('ALTER DEFAULT PRIVILEGES %sIN SCHEMA %I GRANT %s TO %s', o, nspname, p, r) FROM sp, unnest(ARRAY['', 'FOR ROLE pg_monitor ']) AS o, unnest(ARRAY['INSERT ON TABLES', 'SELECT ON SEQUENCES', 'EXECUTE ON FUNCTIONS']) AS p, unnest(ARRAY['PUBLIC', 'pg_signal_backend']) AS r
-- add a check
SELECT format('ALTER TABLE %s ADD CONSTRAINT added CHECK (%s IS NOT NULL)%s', id, qn, v) FROM col, unnest(ARRAY['', ' NOT VALID', ' NO INHERIT']) AS v WHERE relkind = 'r'
-- add a unique constraint
SELECT format('ALTER TABLE %s ADD CONSTRAINT added UNIQUE (%s)', id, qn) FROM col WHERE relkind = 'r' AND atttypid IN ('int4'::regtype, 'text'::regtype)
-- add a foreign key
SELECT format('ALTER TABLE %s ADD CONSTRAINT added_fk FOREIGN KEY (%s) REFERENCES %s', c.id, c.qn, k.id) FROM col c JOIN con k ON k.connamespace = c.relnamespace AND k.contype = 'p' AND cardinality(k.conkey) = 1 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] AND a.atttypid = c.atttypid WHERE c.relkind = 'r'
-- drop a constraint
SELECT format('ALTER TABLE %s DROP CONSTRAINT %s CASCADE', id, qn) FROM con WHERE conrelid <> 0 AND coninhcount = 0
-- validate a constraint
SELECT format('ALTER TABLE %s VALIDATE CONSTRAINT %s', id, qn) FROM con WHERE NOT convalidated AND conrelid <> 0
-- validate a domain's constraint
SELECT format('ALTER DOMAIN %s VALIDATE CONSTRAINT %s', t.id, k.qn) FROM con k JOIN typ t ON t.oid = contypid WHERE NOT convalidated
-- make a foreign key deferrable
SELECT format('ALTER TABLE %s ALTER CONSTRAINT %s %s', id, qn, v) FROM con, unnest(ARRAY['DEFERRABLE', 'NOT DEFERRABLE', 'DEFERRABLE INITIALLY DEFERRED']) AS v WHERE contype = 'f' AND conparentid = 0
-- swap names of constraints
SELECT format('ALTER TABLE %s RENAME CONSTRAINT %s TO tmp; ALTER TABLE %1$s RENAME CONSTRAINT %3$s TO %2$s; ALTER TABLE %1$s RENAME CONSTRAINT tmp TO %3$s', a.id, a.qn, b.qn) FROM con a JOIN con b ON b.conrelid = a.conrelid AND b.conname > a.conname WHERE a.conrelid <> 0 AND a.coninhcount + b.coninhcount = 0
-- make a constraint of an index
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I UNIQUE USING INDEX %I', indrelid::regclass, relname, relname) FROM idx WHERE indisunique AND indpred IS NULL AND indexprs IS NULL AND NOT has_constraint AND relkind = 'i'
-- create an index
SELECT format('CREATE INDEX added_i ON %s (%s%s)', id, qn, v) FROM col, unnest(ARRAY['', ' DESC', ' NULLS FIRST']) AS v WHERE relkind IN ('r', 'p', 'm') AND atttypid IN ('int4'::regtype, 'text'::regtype, 'numeric'::regtype)
-- drop an index
SELECT format('DROP INDEX %s CASCADE', id) FROM idx WHERE NOT has_constraint
-- set an index's options
SELECT format('ALTER INDEX %s SET (fillfactor = 66)', id) FROM idx WHERE relam = 403 AND relkind = 'i'
-- reset an index's options
SELECT format('ALTER INDEX %s RESET (fillfactor)', id) FROM idx WHERE reloptions IS NOT NULL
-- set an index's statistics target
SELECT format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS 11', id, a.attnum) FROM idx JOIN pg_attribute a ON attrelid = idx.oid WHERE indkey[a.attnum - 1] = 0 AND a.attnum <= indnkeyatts
-- cluster on an index
SELECT format('ALTER TABLE %s CLUSTER ON %I', indrelid::regclass, relname) FROM idx WHERE relam = 403 AND indpred IS NULL AND NOT indisclustered AND relkind = 'i'
-- no longer cluster
SELECT format('ALTER TABLE %s SET WITHOUT CLUSTER', indrelid::regclass) FROM idx WHERE indisclustered
-- replica identity by an index
SELECT format('ALTER TABLE %s REPLICA IDENTITY USING INDEX %I', indrelid::regclass, relname) FROM idx WHERE indisunique AND indimmediate AND indpred IS NULL AND indexprs IS NULL
-- replica identity
SELECT format('ALTER TABLE %s REPLICA IDENTITY %s', id, v) FROM rel, unnest(ARRAY['FULL', 'NOTHING', 'DEFAULT']) AS v WHERE relkind IN ('r', 'p')
-- set a table's options
SELECT format('ALTER TABLE %s SET (%s)', id, v) FROM rel, unnest(ARRAY['fillfactor = 55', 'autovacuum_enabled = true', 'toast.autovacuum_enabled = true', 'parallel_workers = 3']) AS v WHERE relkind = 'r'
-- reset a table's options
SELECT format('ALTER TABLE %s RESET (fillfactor, autovacuum_enabled)', id) FROM rel WHERE reloptions IS NOT NULL AND relkind = 'r'
-- another order of options
SELECT format('ALTER TABLE %s SET (fillfactor = 41, autovacuum_enabled = true); ALTER TABLE %1$s RESET (fillfactor); ALTER TABLE %1$s SET (fillfactor = 41)', id) FROM rel WHERE relkind = 'r'
-- make a table unlogged
SELECT format('ALTER TABLE %s SET %s', id, CASE relpersistence WHEN 'u' THEN 'LOGGED' ELSE 'UNLOGGED' END) FROM rel WHERE relkind = 'r'
-- row security
SELECT format('ALTER TABLE %s %s ROW LEVEL SECURITY', id, v) FROM rel, unnest(ARRAY['ENABLE', 'DISABLE', 'FORCE', 'NO FORCE']) AS v WHERE relkind IN ('r', 'p')
-- inherit no more
SELECT format('ALTER TABLE %s NO INHERIT %s', inhrelid::regclass, inhparent::regclass) FROM pg_inherits JOIN rel r ON r.oid = inhrelid WHERE relkind = 'r' AND NOT relispartition
-- override an inherited column
SELECT format('ALTER TABLE %s ALTER %s SET DEFAULT NULL', id, qn) FROM col WHERE attinhcount > 0 AND attgenerated = ''
-- declare an inherited column
SELECT format('CREATE TABLE %1$s_k (%2$s %3$s) INHERITS (%4$s)', regexp_replace(id::text, '"$|$', ''), qn, format_type(atttypid, atttypmod), id) FROM col WHERE relkind = 'r' AND NOT relispartition AND id::text !~ '"$' AND attcollation IN (0, 100)
-- set a table's type
SELECT format('CREATE TABLE %I.typed OF %s', nspname, id) FROM typ JOIN sp ON sp.oid = typnamespace WHERE typtype = 'c'
-- detach a partition
SELECT format('ALTER TABLE %s DETACH PARTITION %s', inhparent::regclass, inhrelid::regclass) FROM pg_inherits JOIN rel r ON r.oid = inhrelid WHERE relispartition AND relkind IN ('r', 'p')
-- another bound
SELECT format('ALTER TABLE %s DETACH PARTITION %s; ALTER TABLE %1$s ATTACH PARTITION %2$s %3$s', inhparent::regclass, inhrelid::regclass, regexp_replace(pg_get_expr(relpartbound, r.oid), '\((\d+)\)', '(\19)')) FROM pg_inherits JOIN rel r ON r.oid = inhrelid WHERE relispartition AND relkind IN ('r', 'p') AND pg_get_expr(relpartbound, r.oid) LIKE '%FROM%'
-- detach and attach again
SELECT format('ALTER TABLE %s DETACH PARTITION %s; ALTER TABLE %1$s ATTACH PARTITION %2$s %3$s', inhparent::regclass, inhrelid::regclass, pg_get_expr(relpartbound, r.oid)) FROM pg_inherits JOIN rel r ON r.oid = inhrelid WHERE relispartition AND relkind IN ('r', 'p')
-- drop a partition
SELECT format('DROP TABLE %s', inhrelid::regclass) FROM pg_inherits JOIN rel r ON r.oid = inhrelid WHERE relispartition AND relkind IN ('r', 'p')
-- attach an index
SELECT format('CREATE INDEX attached ON %s (c); ALTER INDEX %s ATTACH PARTITION %I.attached', h.inhrelid::regclass, p.id, n.nspname) FROM idx p JOIN sp n ON n.oid = p.relnamespace JOIN pg_inherits h ON h.inhparent = p.indrelid WHERE p.relkind = 'I' AND p.relname LIKE 'w\_%' AND NOT EXISTS (SELECT FROM pg_inherits a JOIN pg_index x ON x.indexrelid = a.inhrelid WHERE a.inhparent = p.oid AND x.indrelid = h.inhrelid)
-- a constraint for a parent's plain index
SELECT format('CREATE UNIQUE INDEX %I ON ONLY %s (a); ALTER TABLE %s ADD CONSTRAINT pcx UNIQUE (a); ALTER INDEX %s.%1$I ATTACH PARTITION %4$s.pcx', 'px' , inhparent::regclass, inhrelid::regclass, quote_ident(nspname)) FROM pg_inherits JOIN rel r ON r.oid = inhrelid JOIN sp ON sp.oid = r.relnamespace JOIN rel p ON p.oid = inhparent WHERE r.relispartition AND r.relkind = 'r' AND pg_get_partkeydef(p.oid) IN ('RANGE (a)', 'LIST (a)', 'HASH (a)')
-- a partition's own default
SELECT format('ALTER TABLE %s ALTER %s SET DEFAULT NULL', id, qn) FROM col WHERE relispartition
-- add an enum value
SELECT format('ALTER TYPE %s ADD VALUE ''added'' %s', t.id, CASE WHEN v THEN format('BEFORE %L', enumlabel) END) FROM pg_enum JOIN typ t ON t.oid = enumtypid, unnest(ARRAY[true, false]) AS v
-- add an attribute
SELECT format('ALTER TYPE %s ADD ATTRIBUTE added integer', id) FROM typ WHERE typtype = 'c'
-- drop an attribute
SELECT format('ALTER TYPE %s DROP ATTRIBUTE %s', id, qn) FROM col WHERE relkind = 'c'
-- a domain's default
SELECT format('ALTER DOMAIN %s %s', id, v) FROM typ, unnest(ARRAY['SET DEFAULT ''4''', 'DROP DEFAULT']) AS v WHERE typtype = 'd'
-- a domain's not null
SELECT format('ALTER DOMAIN %s %s NOT NULL', id, v) FROM typ, unnest(ARRAY['SET', 'DROP']) AS v WHERE typtype = 'd'
-- a domain's check
SELECT format('ALTER DOMAIN %s ADD CONSTRAINT added CHECK (VALUE IS NOT NULL)%s', id, v) FROM typ, unnest(ARRAY['', ' NOT VALID']) AS v WHERE typtype = 'd'
-- change a sequence
SELECT format('ALTER SEQUENCE %s %s', id, v) FROM rel, unnest(ARRAY['INCREMENT 9', 'CACHE 6', 'CYCLE', 'NO CYCLE', 'MAXVALUE 30000', 'START 1', 'AS bigint', 'OWNED BY NONE']) AS v WHERE relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = rel.oid AND deptype = 'i')
-- a sequence moves on
SELECT format('SELECT setval(%L, 7)', id) FROM rel WHERE relkind = 'S'
-- a sequence's owner
SELECT format('ALTER SEQUENCE %s OWNED BY %s.%s', r.id, c.id, c.qn) FROM rel r JOIN col c ON c.relnamespace = r.relnamespace AND c.relkind = 'r' AND c.relowner = r.relowner AND c.relpersistence = r.relpersistence WHERE r.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = r.oid AND deptype = 'i')
-- change a function
SELECT format('ALTER FUNCTION %s %s', id, v) FROM fun, unnest(ARRAY['STABLE', 'VOLATILE', 'STRICT', 'SECURITY DEFINER', 'LEAKPROOF', 'PARALLEL RESTRICTED', 'COST 8', 'SET work_mem = ''3MB''', 'RESET ALL', 'SET search_path = pg_catalog, "a b"', 'SET search_path = '''', ''x, y''', 'SET datestyle = iso']) AS v WHERE prokind = 'f' AND prorettype <> 'event_trigger'::regtype
-- another order of settings
SELECT format('ALTER FUNCTION %s SET work_mem = ''1MB'' SET statement_timeout = 5; ALTER FUNCTION %1$s RESET work_mem; ALTER FUNCTION %1$s SET work_mem = ''1MB''', id) FROM fun WHERE prokind = 'f'
-- another body
SELECT replace(pg_get_functiondef(oid), 'SELECT 1', v) FROM fun, unnest(ARRAY['SELECT  1', 'SELECT 1 -- x', 'SELECT 2']) AS v WHERE prokind IN ('f', 'p') AND prosrc LIKE '%SELECT 1%'
-- a default of an argument
SELECT replace(pg_get_functiondef(oid), '(a integer', '(a integer DEFAULT 12') FROM fun WHERE prokind = 'f' AND pg_get_function_arguments(oid) = 'a integer'
-- an overloaded function
SELECT format('CREATE FUNCTION %I.%I(text, VARIADIC integer[]) RETURNS SETOF text ROWS 5 LANGUAGE sql AS ''SELECT $1''', nspname, proname) FROM fun JOIN sp ON sp.oid = pronamespace WHERE prokind = 'f'
-- drop a function
SELECT format('DROP ROUTINE %s', id) FROM fun
-- switch a trigger
SELECT format('ALTER TABLE %s %s TRIGGER %I', r.id, v, tgname) FROM pg_trigger t JOIN rel r ON r.oid = tgrelid, unnest(ARRAY['DISABLE', 'ENABLE', 'ENABLE ALWAYS', 'ENABLE REPLICA']) AS v WHERE NOT tgisinternal AND r.relkind = 'r'
-- drop a trigger
SELECT format('DROP TRIGGER %I ON %s', tgname, r.id) FROM pg_trigger t JOIN rel r ON r.oid = tgrelid WHERE NOT tgisinternal AND tgparentid = 0
-- a trigger on a partitioned table
SELECT format('CREATE TRIGGER added AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s', r.id, f.id) FROM rel r JOIN fun f ON f.pronamespace = r.relnamespace AND f.prorettype = 'trigger'::regtype WHERE relkind = 'p'
-- switch a partition's trigger
SELECT format('ALTER TABLE %s %s TRIGGER %I', r.id, v, tgname) FROM pg_trigger t JOIN rel r ON r.oid = tgrelid, unnest(ARRAY['DISABLE', 'ENABLE', 'ENABLE ALWAYS']) AS v WHERE NOT tgisinternal AND (relispartition OR relkind = 'p')
-- add a trigger
SELECT format('CREATE TRIGGER added BEFORE UPDATE ON %s FOR EACH %s EXECUTE FUNCTION %s', r.id, v, f.id) FROM rel r JOIN fun f ON f.pronamespace = r.relnamespace AND f.prorettype = 'trigger'::regtype, unnest(ARRAY['ROW', 'STATEMENT']) AS v WHERE relkind = 'r'
-- an instead-of trigger
SELECT format('CREATE TRIGGER added INSTEAD OF INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s', r.id, f.id) FROM rel r JOIN fun f ON f.pronamespace = r.relnamespace AND f.prorettype = 'trigger'::regtype WHERE relkind = 'v'
-- switch a rule
SELECT format('ALTER TABLE %s %s RULE %I', r.id, v, rulename) FROM pg_rewrite JOIN rel r ON r.oid = ev_class, unnest(ARRAY['DISABLE', 'ENABLE ALWAYS', 'ENABLE']) AS v WHERE rulename <> '_RETURN'
-- add a rule
SELECT format('CREATE RULE added AS ON UPDATE TO %s WHERE true DO ALSO NOTHING', id) FROM rel WHERE relkind IN ('r', 'v')
-- change a policy
SELECT format('ALTER POLICY %I ON %s %s', polname, r.id, v) FROM pg_policy JOIN rel r ON r.oid = polrelid, unnest(ARRAY['TO pg_signal_backend', 'TO PUBLIC, pg_monitor', 'USING (1 = 1)', 'WITH CHECK (2 = 2)']) AS v
-- add a policy
SELECT format('CREATE POLICY added ON %s AS %s FOR %s TO %s', id, k, c, r) FROM rel, unnest(ARRAY['PERMISSIVE', 'RESTRICTIVE']) AS k, unnest(ARRAY['ALL', 'DELETE']) AS c, unnest(ARRAY['PUBLIC', 'pg_monitor, pg_signal_backend', 'pg_signal_backend, pg_monitor', 'CURRENT_USER']) AS r WHERE relkind IN ('r', 'p')
-- a view's options
SELECT format('ALTER VIEW %s %s', id, v) FROM rel, unnest(ARRAY['SET (security_barrier = true)', 'SET (security_barrier = false)', 'RESET (security_barrier)', 'SET (check_option = cascaded)', 'RESET (check_option)']) AS v WHERE relkind = 'v'
-- another view
SELECT format('CREATE OR REPLACE VIEW %s AS SELECT q.*, %s FROM (%s) q', id, v, rtrim(pg_get_viewdef(oid), ';')) FROM rel, unnest(ARRAY['1 AS added', '''x''::text AS added', 'now() AS added', 'CASE WHEN true THEN interval ''1 month'' END AS added']) AS v WHERE relkind = 'v'
-- a view of its own text
SELECT format('CREATE OR REPLACE VIEW %s AS %s', id, pg_get_viewdef(oid)) FROM rel WHERE relkind = 'v'
-- drop a view
SELECT format('DROP %sVIEW %s CASCADE', CASE relkind WHEN 'm' THEN 'MATERIALIZED ' END, id) FROM rel WHERE relkind IN ('v', 'm')
-- fill a materialized view
SELECT format('REFRESH MATERIALIZED VIEW %s WITH NO DATA', id) FROM rel WHERE relkind = 'm'
-- a materialized view's options
SELECT format('ALTER MATERIALIZED VIEW %s SET (fillfactor = 33)', id) FROM rel WHERE relkind = 'm'
-- a statistics target
SELECT format('ALTER STATISTICS %I.%I SET STATISTICS 99', nspname, stxname) FROM pg_statistic_ext JOIN sp ON sp.oid = stxnamespace
-- other statistics
SELECT format('DROP STATISTICS %I.%I; CREATE STATISTICS %1$I.%2$I (%3$s) %4$s', nspname, stxname, v, substring(pg_get_statisticsobjdef(s.oid) from 'ON .*')) FROM pg_statistic_ext s JOIN sp ON sp.oid = stxnamespace, unnest(ARRAY['ndistinct', 'mcv', 'dependencies, mcv']) AS v
-- an owner of statistics
SELECT format('ALTER STATISTICS %I.%I OWNER TO pg_signal_backend', nspname, stxname) FROM pg_statistic_ext JOIN sp ON sp.oid = stxnamespace
-- change an operator's owner
SELECT format('ALTER OPERATOR %I.%s (integer, integer) OWNER TO pg_signal_backend', nspname, oprname) FROM pg_operator JOIN sp ON sp.oid = oprnamespace WHERE oprcode <> 0
-- change an aggregate's owner
SELECT format('ALTER ROUTINE %s OWNER TO pg_signal_backend', id) FROM fun WHERE prokind = 'a'
-- change a text search mapping
SELECT format('ALTER TEXT SEARCH CONFIGURATION %I.%I DROP MAPPING FOR word', nspname, cfgname) FROM pg_ts_config JOIN sp ON sp.oid = cfgnamespace
-- reorder a text search mapping
SELECT format('ALTER TEXT SEARCH CONFIGURATION %I.%I ALTER MAPPING FOR email WITH english_stem, simple', nspname, cfgname) FROM pg_ts_config JOIN sp ON sp.oid = cfgnamespace
-- change a dictionary
SELECT format('ALTER TEXT SEARCH DICTIONARY %I.%I (accept = false)', nspname, dictname) FROM pg_ts_dict JOIN sp ON sp.oid = dictnamespace
-- change a publication
SELECT format('ALTER PUBLICATION %I SET (%s)', pubname, v) FROM pg_publication, unnest(ARRAY['publish = ''insert, delete''', 'publish_via_partition_root = true']) AS v
-- add to a publication
SELECT format('ALTER PUBLICATION %I ADD TABLE %s', pubname, r.id) FROM pg_publication JOIN rel r ON substring(r.id::text from 'ch.(\d+)') = substring(pubname from 'ch.(\d+)') AND relkind = 'r' AND relpersistence = 'p'
-- change a server
SELECT format('ALTER SERVER %I %s', srvname, v) FROM pg_foreign_server, unnest(ARRAY['VERSION ''9''', 'OPTIONS (SET host ''other'')', 'OPTIONS (DROP port)', 'OPTIONS (DROP host, ADD host ''h'')']) AS v
-- change a foreign table
SELECT format('ALTER FOREIGN TABLE %s %s', id, v) FROM rel, unnest(ARRAY['OPTIONS (ADD added ''x'')', 'ALTER a OPTIONS (SET name ''y'')', 'ALTER b DROP NOT NULL', 'ADD c text OPTIONS (name ''z'')']) AS v WHERE relkind = 'f'
-- change a user mapping
SELECT format('ALTER USER MAPPING FOR %s SERVER %I OPTIONS (ADD password_required ''false'')', CASE usename WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname) FROM pg_user_mappings
-- change a wrapper
SELECT format('ALTER FOREIGN DATA WRAPPER %I OPTIONS (ADD added ''x'')', fdwname) FROM pg_foreign_data_wrapper
-- switch an event trigger
SELECT format('ALTER EVENT TRIGGER %I %s', evtname, v) FROM pg_event_trigger, unnest(ARRAY['DISABLE', 'ENABLE REPLICA', 'ENABLE ALWAYS']) AS v
-- drop a cast
SELECT format('DROP CAST (%s AS text)', castsource::regtype) FROM pg_cast WHERE oid > 16384
-- comment on a cast
SELECT format('COMMENT ON CAST (%s AS text) IS ''changed''', castsource::regtype) FROM pg_cast WHERE oid > 16384
-- add and drop a column
SELECT format('ALTER TABLE %s ADD passing text; ALTER TABLE %1$s DROP passing', id) FROM rel WHERE relkind IN ('r', 'p') AND NOT relispartition
-- rename there and back
SELECT format('ALTER TABLE %s RENAME %s TO passing; ALTER TABLE %1$s RENAME passing TO %2$s', id, qn) FROM col WHERE relkind IN ('r', 'p') AND attinhcount = 0
-- grant and revoke
SELECT format('GRANT ALL ON %s TO pg_signal_backend; REVOKE ALL ON %1$s FROM pg_signal_backend', id) FROM rel WHERE relkind IN ('r', 'p', 'v') AND coalesce(relacl::text, '') NOT LIKE '%pg_signal_backend%'
-- create and drop an index
SELECT format('CREATE INDEX passing ON %s ((1)); DROP INDEX %s.passing', r.id, quote_ident(nspname)) FROM rel r JOIN sp ON sp.oid = relnamespace WHERE relkind = 'r'
-- write a row
SELECT format('ANALYZE %s', id) FROM rel WHERE relkind = 'r'
