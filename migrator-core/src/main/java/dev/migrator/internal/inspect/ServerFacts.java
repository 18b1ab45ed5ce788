package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether a server would refuse an operation, as one query saw it.
 *
 * @param versionNumber as {@code server_version_num} has it: 170004
 * @param version as people write it: 17.4
 * @param standby whether it replays another server's changes
 * @param readOnly whether transactions begin read-only
 * @param readOnlySource where that was set, as {@code pg_settings.source} says
 * @param role whose privileges count: {@code current_user}
 * @param login who logged in: {@code session_user}
 * @param database the database
 * @param createInDatabase whether the role may create schemas
 * @param schema the schema of the tracking tables; {@code null} when the session has none
 * @param schemaAccess what the role may do in it; {@code null} when it does not exist
 * @param relations the tracking tables and views with the privileges that are needed on them
 */
record ServerFacts(
    long versionNumber,
    String version,
    boolean standby,
    boolean readOnly,
    String readOnlySource,
    String role,
    String login,
    String database,
    boolean createInDatabase,
    @Nullable String schema,
    @Nullable SchemaAccess schemaAccess,
    List<Relation> relations) {

  /**
   * What the role may do in a schema.
   *
   * @param usage whether it may name what is in it
   * @param create whether it may create something in it
   * @param becomes the owner, when the role is a member of it without inheriting from it
   */
  record SchemaAccess(
      boolean usage, boolean create, @Nullable String becomes) {}

  /**
   * A privilege on a table or view.
   *
   * @param name its name, unquoted
   * @param privilege the privilege; empty when none is needed
   * @param exists whether it exists
   * @param granted whether the role has the privilege
   * @param becomes the owner, when the role is a member of it without inheriting from it
   */
  record Relation(
      String name,
      String privilege,
      boolean exists,
      boolean granted,
      @Nullable String becomes) {}

  /**
   * Existence is read from pg_class and pg_namespace in one snapshot: another instance may create the tables at this very
   * moment, and either all of them are there or none. A privilege on single columns may be meant to be enough.
   */
  static final String ASK = """
      SELECT pg_catalog.current_setting('server_version_num'), pg_catalog.current_setting('server_version'),
             pg_catalog.pg_is_in_recovery(),
             pg_catalog.current_setting('default_transaction_read_only') = 'on',
             (SELECT source FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only'),
             current_user, session_user, pg_catalog.current_database(),
             pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'),
             place.schema, n.oid IS NOT NULL,
             pg_catalog.has_schema_privilege(n.oid, 'USAGE'), pg_catalog.has_schema_privilege(n.oid, 'CREATE'),
             CASE WHEN pg_catalog.pg_has_role(n.nspowner, 'MEMBER') AND NOT pg_catalog.pg_has_role(n.nspowner, 'USAGE')
                  THEN pg_catalog.pg_get_userbyid(n.nspowner) END,
             wanted.name, wanted.privilege, c.oid IS NOT NULL,
             CASE wanted.privilege
                  WHEN '' THEN true
                  WHEN 'DELETE' THEN pg_catalog.has_table_privilege(c.oid, 'DELETE')
                  ELSE pg_catalog.has_any_column_privilege(c.oid, wanted.privilege) END,
             CASE WHEN pg_catalog.pg_has_role(c.relowner, 'MEMBER') AND NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')
                  THEN pg_catalog.pg_get_userbyid(c.relowner) END
        FROM (SELECT coalesce($1::text, pg_catalog.current_schema()) AS schema) place
        LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = place.schema
       CROSS JOIN ROWS FROM (pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]))
             WITH ORDINALITY AS wanted (name, privilege, place)
        LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
       ORDER BY wanted.place
      """;

  /** Asks the server, in one query. */
  static ServerFacts ask(Session session, Needs needs) {
    return of(session.query(Command.of(ASK, parameters(needs)), KeptRow::of));
  }

  /** The parameters of the query. */
  static @Nullable String[] parameters(Needs needs) {
    List<String> names = new ArrayList<>();
    List<String> privileges = new ArrayList<>();
    for (Map.Entry<String, List<String>> relation : needs.relations().entrySet()) {
      List<String> wanted = relation.getValue().isEmpty() ? List.of("") : relation.getValue();
      wanted.forEach(privilege -> {
        names.add(relation.getKey());
        privileges.add(privilege);
      });
    }
    return new @Nullable String[] {
      needs.schema(), Identifiers.array(names), Identifiers.array(privileges)
    };
  }

  /** What the rows of the query say. */
  static ServerFacts of(List<? extends Row> rows) {
    List<Relation> relations = rows.stream()
        .map(row -> new Relation(
            row.text(15), row.text(16), row.flag(17), row.flag(18), row.textOrNull(19)))
        .toList();
    return of(rows.get(0), relations);
  }

  private static ServerFacts of(Row row, List<Relation> relations) {
    return new ServerFacts(
        row.number(1),
        row.text(2),
        row.flag(3),
        row.flag(4),
        row.text(5),
        row.text(6),
        row.text(7),
        row.text(8),
        row.flag(9),
        row.textOrNull(10),
        row.flag(11) ? new SchemaAccess(row.flag(12), row.flag(13), row.textOrNull(14)) : null,
        relations);
  }

  /** Whether the tracking tables exist: the first of them tells. */
  boolean tracked() {
    return !relations.isEmpty() && relations.get(0).exists();
  }
}
