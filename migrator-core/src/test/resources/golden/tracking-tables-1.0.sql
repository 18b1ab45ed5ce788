CREATE TABLE "public"."schema_migrations" (
    version text PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz,
    checksum text,
    execution_time_ms bigint,
    status text NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed')),
    error_message text,
    applied_by text,
    version_key text NOT NULL UNIQUE,
    kind text NOT NULL DEFAULT 'versioned',
    script text NOT NULL DEFAULT '',
    checksum_algorithm text,
    applied_rank bigint,
    action text NOT NULL DEFAULT 'apply',
    transactional boolean NOT NULL DEFAULT true,
    run_id uuid,
    schema_fingerprint text,
    details jsonb
);

CREATE TABLE "public"."migration_history" (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    version text,
    action text NOT NULL,
    executed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    execution_time_ms bigint,
    status text NOT NULL CHECK (status IN ('success', 'failed')),
    error_message text,
    executed_by text,
    environment text,
    sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    version_key text,
    name text,
    run_id uuid,
    checksum text,
    checksum_algorithm text,
    schema_fingerprint text,
    schema_snapshot bytea,
    details jsonb
);

CREATE TABLE "public"."migration_script" (
    version text PRIMARY KEY,
    version_key text NOT NULL UNIQUE,
    script text NOT NULL,
    content text NOT NULL,
    checksum text NOT NULL,
    checksum_algorithm text NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE "public"."migration_journal" (
    version_key text NOT NULL,
    ordinal integer NOT NULL,
    action text NOT NULL,
    statement_checksum text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    run_id uuid,
    details jsonb,
    PRIMARY KEY (version_key, action, ordinal)
);

CREATE FUNCTION "public"."get_migration_status"()
    RETURNS TABLE (
        version text, name text, status text, applied_at timestamptz, execution_time_ms bigint,
        applied_by text, error_message text, checksum text, script text)
    LANGUAGE sql STABLE
    AS $function$
        SELECT m.version, m.name, m.status, m.applied_at, m.execution_time_ms,
               m.applied_by, m.error_message, m.checksum, m.script
          FROM "public"."schema_migrations" m
         ORDER BY m.applied_rank, m.version_key COLLATE "C"
    $function$;

CREATE VIEW "public"."migration_status_view" AS SELECT * FROM "public"."get_migration_status"();

REVOKE ALL ON "public"."migration_script" FROM PUBLIC;

DO $revoke$
DECLARE
    grantee text;
BEGIN
    FOR grantee IN
        SELECT DISTINCT a.grantee::pg_catalog.regrole::text
          FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a
         WHERE c.oid = E'"public"."migration_script"'::pg_catalog.regclass AND a.grantee NOT IN (0, c.relowner)
    LOOP
        EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM %s CASCADE', E'"public"."migration_script"', grantee);
    END LOOP;
END
$revoke$;

COMMENT ON TABLE "public"."migration_history" IS 'What Migrator did, append only';

COMMENT ON TABLE "public"."migration_script" IS 'Down scripts of the applied migrations';

COMMENT ON TABLE "public"."migration_journal" IS 'Statements of non-transactional migrations';

COMMENT ON TABLE "public"."schema_migrations" IS 'migrator 1.0'
