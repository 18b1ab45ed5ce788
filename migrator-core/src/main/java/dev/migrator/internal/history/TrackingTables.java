package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.List;

/**
 * The definition of the tracking tables, format {@value #FORMAT}.
 *
 * <p>The format is frozen: a later minor version may add columns and objects, and nothing else.
 */
final class TrackingTables {

  static final int MAJOR = 1;
  static final String FORMAT = "1.0";
  /** What the comment of the tracking table begins with; the format follows. */
  static final String MARK = "migrator ";

  private static final String DEFINITION = """
      CREATE TABLE %{migrations} (
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

      CREATE TABLE %{history} (
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

      CREATE TABLE %{scripts} (
          version text PRIMARY KEY,
          version_key text NOT NULL UNIQUE,
          script text NOT NULL,
          content text NOT NULL,
          checksum text NOT NULL,
          checksum_algorithm text NOT NULL,
          stored_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );

      CREATE TABLE %{journal} (
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

      CREATE FUNCTION %{statusFunction}()
          RETURNS TABLE (
              version text, name text, status text, applied_at timestamptz, execution_time_ms bigint,
              applied_by text, error_message text, checksum text, script text)
          LANGUAGE sql STABLE
          AS $function$
              SELECT m.version, m.name, m.status, m.applied_at, m.execution_time_ms,
                     m.applied_by, m.error_message, m.checksum, m.script
                FROM %{migrations} m
               ORDER BY m.applied_rank, m.version_key COLLATE "C"
          $function$;

      CREATE VIEW %{statusView} AS SELECT * FROM %{statusFunction}();

      REVOKE ALL ON %{scripts} FROM PUBLIC;

      DO $revoke$
      DECLARE
          grantee text;
      BEGIN
          FOR grantee IN
              SELECT DISTINCT a.grantee::pg_catalog.regrole::text
                FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a
               WHERE c.oid = %{scriptsText}::pg_catalog.regclass AND a.grantee NOT IN (0, c.relowner)
          LOOP
              EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM %s CASCADE', %{scriptsText}, grantee);
          END LOOP;
      END
      $revoke$;

      COMMENT ON TABLE %{history} IS 'What Migrator did, append only';

      COMMENT ON TABLE %{scripts} IS 'Down scripts of the applied migrations';

      COMMENT ON TABLE %{journal} IS 'Statements of non-transactional migrations';

      COMMENT ON TABLE %{migrations} IS '%{mark}'
      """;

  private TrackingTables() {}

  /** The commands that create everything, to be run in one transaction. */
  static List<Command> create(TrackingNames names) {
    List<Command> commands = new ArrayList<>();
    for (String statement : definition(names).split(";\n\n")) {
      commands.add(Command.of(statement.strip()));
    }
    return commands;
  }

  /**
   * The commands that bring the tables of an in-house tool to the format, to be run in one transaction.
   *
   * @param history whether its history is there too
   * @param before what goes before the objects that are missing
   * @param after what goes after them
   */
  static List<Command> complete(
      TrackingNames names, boolean history, List<Command> before, List<Command> after) {
    List<Command> commands = new ArrayList<>();
    commands.addAll(before);
    for (String statement : DEFINITION.split(";\n\n")) {
      boolean isThere = statement.startsWith("CREATE TABLE %{migrations}")
          || history
              && (statement.startsWith("CREATE TABLE %{history}")
                  || statement.startsWith("COMMENT ON TABLE %{history}"));
      if (!isThere) {
        commands.add(Command.of(filled(statement, names).strip()));
      }
    }
    commands.addAll(after);
    return commands;
  }

  /** The lines of the definition that define the columns of a table. */
  static String columns(String table) {
    String begin = "CREATE TABLE %{" + table + "} (\n";
    int from = DEFINITION.indexOf(begin) + begin.length();
    return DEFINITION.substring(from, DEFINITION.indexOf("\n);", from));
  }

  /** The whole definition as text. */
  static String definition(TrackingNames names) {
    return filled(DEFINITION, names);
  }

  private static String filled(String text, TrackingNames names) {
    return names.fill(text).replace("%{mark}", MARK + FORMAT);
  }

  /** Whether the schema exists. IF NOT EXISTS asks for the privilege to create one even where nothing is to be created. */
  static Command findSchema(TrackingNames names) {
    return Command.of(
        "SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1::text", names.schema());
  }

  /** The command that creates a schema of its own for the tables; only where the schema was configured. */
  static Command createSchema(TrackingNames names) {
    return Command.of("CREATE SCHEMA " + Identifiers.quote(names.schema()));
  }
}
