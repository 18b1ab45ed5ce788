package dev.migrator.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.SchemaDiffText;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** What a snapshot covers and what it leaves alone. */
@PostgresTest
class SnapshotReaderTest {

  @Test
  void an_empty_database_has_what_every_database_has(TestDatabase database) {
    assertThat(identities(read(database.dataSource())))
        .containsExactly("extension plpgsql", "schema public");
  }

  @Test
  void what_the_engine_keeps_for_itself_is_left_out(TestDatabase database) {
    database.execute("""
        CREATE TABLE schema_migrations (version text PRIMARY KEY, id serial, n int GENERATED ALWAYS AS IDENTITY);
        CREATE INDEX ON schema_migrations (id);
        CREATE VIEW migration_status_view AS SELECT * FROM schema_migrations;
        CREATE FUNCTION get_migration_status() RETURNS int LANGUAGE sql RETURN 1;
        CREATE FUNCTION get_migration_status(int) RETURNS int LANGUAGE sql RETURN 1;
        CREATE TABLE schema_migrations_archive ();
        """);

    SchemaSnapshot snapshot = read(
        database.dataSource(),
        SnapshotScope.everythingBut(new OwnObjects(
            "public",
            Set.of("schema_migrations", "migration_status_view", "get_migration_status"))));

    assertThat(identities(snapshot))
        .containsExactly(
            "extension plpgsql",
            "schema public",
            "function public.get_migration_status(integer)",
            "table public.schema_migrations_archive");
  }

  @Test
  void own_tables_with_odd_names_are_recognised(TestDatabase database) {
    database.execute("CREATE SCHEMA \"Büro.1\"; CREATE TABLE \"Büro.1\".\"x \"\"y\" (id serial)");

    SchemaSnapshot snapshot = read(
        database.dataSource(),
        SnapshotScope.everythingBut(new OwnObjects("Büro.1", Set.of("x \"y"))));

    assertThat(identities(snapshot))
        .containsExactly("schema \"Büro.1\"", "extension plpgsql", "schema public");
  }

  @Test
  void members_of_extensions_are_left_out_and_what_uses_them_is_not(TestDatabase database) {
    database.execute("CREATE EXTENSION hstore; CREATE TABLE t (tags hstore)");

    assertThat(identities(read(database.dataSource())))
        .containsExactly(
            "extension hstore",
            "extension plpgsql",
            "schema public",
            "table public.t",
            "column public.t.tags");
  }

  @Test
  void schemas_are_chosen_by_name(TestDatabase database) {
    database.execute("""
        CREATE SCHEMA a;
        CREATE SCHEMA "B b";
        CREATE TABLE a.t ();
        CREATE TABLE "B b".t ();
        CREATE TABLE public.t ();
        CREATE TYPE a.e AS ENUM ('x');
        CREATE PUBLICATION p FOR TABLE a.t;
        """);

    SchemaSnapshot snapshot = read(
        database.dataSource(),
        new SnapshotScope(List.of("B b", "a", "no such schema"), OwnObjects.NONE));

    assertThat(identities(snapshot))
        .containsExactly(
            "schema \"B b\"", "table \"B b\".t", "schema a", "enum type a.e", "table a.t");
    assertThat(snapshot.schemas()).containsExactly("B b", "a");
    database.execute("DROP PUBLICATION p");
  }

  @Test
  void temporary_tables_are_left_out(TestDatabase database) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE passing (id serial PRIMARY KEY)");

      assertThat(identities(read(database.dataSource())))
          .containsExactly("extension plpgsql", "schema public");
    }
  }

  @Test
  void the_session_s_settings_change_nothing_and_are_kept(TestDatabase database) {
    database.execute("""
        CREATE SCHEMA app;
        CREATE TABLE app.t (at timestamptz DEFAULT '2020-01-01 00:00+00', b bytea DEFAULT '\\x01', "user" interval DEFAULT '1 day');
        CREATE VIEW app.v AS SELECT at FROM app.t WHERE "user" > '1 year 2 days';
        """);
    SchemaSnapshot plain = read(database.dataSource());
    var dataSource = database.dataSource();
    dataSource.setOptions("-c search_path=app -c TimeZone=Asia/Tokyo -c IntervalStyle=iso_8601"
        + " -c bytea_output=escape -c quote_all_identifiers=on -c extra_float_digits=0");

    try (Session session = Session.open(dataSource)) {
      SchemaSnapshot odd = SnapshotReader.read(session, everything());

      assertThat(odd.text()).isEqualTo(plain.text());
      String searchPath = session.queryOne(Command.of("SHOW search_path"), row -> row.text(1));
      assertThat(searchPath).isEqualTo("app");
    }
  }

  @Test
  void a_role_without_any_privilege_sees_the_same(TestDatabase database) {
    database.execute("""
        CREATE SCHEMA secret;
        CREATE TABLE secret.t (id int PRIMARY KEY, note text);
        CREATE FUNCTION secret.f() RETURNS int LANGUAGE sql RETURN 1;
        REVOKE ALL ON FUNCTION secret.f FROM public;
        CREATE FOREIGN DATA WRAPPER w;
        CREATE SERVER s FOREIGN DATA WRAPPER w;
        CREATE USER MAPPING FOR public SERVER s OPTIONS (password 'x');
        """);
    TestRole nobody = database.createRole();

    assertThat(read(database.dataSource(nobody)).text())
        .isEqualTo(read(database.dataSource()).text());
  }

  @Test
  void a_session_whose_queries_are_kept_sees_what_others_change(TestDatabase database) {
    try (Session kept = Session.open(database.dataSource())) {
      kept.keepQueries();
      database.execute("CREATE TABLE t (id int PRIMARY KEY)");
      SnapshotReader.read(kept, everything());
      for (String change : List.of(
          "ALTER TABLE t ADD COLUMN note text DEFAULT 'x'",
          "CREATE SCHEMA s CREATE TABLE u (a int CHECK (a > 0))",
          "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "ALTER TABLE t RENAME COLUMN note TO remark",
          "DROP SCHEMA s CASCADE",
          "DROP FUNCTION f; DROP TABLE t")) {
        database.execute(change);
        assertThat(SnapshotReader.read(kept, everything()).text())
            .as(change)
            .isEqualTo(read(database.dataSource()).text());
      }
    }
  }

  @Test
  void tablespaces_of_tables_indexes_and_constraints_are_shown(TestDatabase database) {
    database.execute("CREATE TABLE t (id int CONSTRAINT k PRIMARY KEY); CREATE INDEX i ON t (id)");
    SchemaSnapshot before = read(database.dataSource());
    String space = database.name() + "_space";
    // A place within the server's own directory, so that the server may be anywhere.
    PGSimpleDataSource inPlace = database.dataSource();
    inPlace.setOptions("-c allow_in_place_tablespaces=on");
    execute(inPlace, "CREATE TABLESPACE " + space + " LOCATION ''");
    try {
      database.execute(
          "ALTER TABLE t SET TABLESPACE %1$s; ALTER INDEX i SET TABLESPACE %1$s; ALTER INDEX k SET TABLESPACE %1$s"
              .formatted(space));

      SchemaSnapshot after = read(database.dataSource());

      assertThat(SchemaDiffText.of(SnapshotComparison.between(before, after)))
          .isEqualTo("""
              ~ table public.t
                  + tablespace: %1$s
                ~ constraint k
                    + tablespace: %1$s
                ~ index i
                    + tablespace: %1$s
              0 added, 0 removed, 3 changed.
              """.formatted(space));
      assertThat(after.logical().fingerprint()).isEqualTo(before.logical().fingerprint());
    } finally {
      database.execute("DROP TABLE t");
      execute(inPlace, "DROP TABLESPACE " + space);
    }
  }

  @Test
  void it_is_the_same_where_commands_travel_one_by_one(TestDatabase database) {
    database.execute("""
        CREATE TABLE t (id int PRIMARY KEY, note text DEFAULT 'x' CHECK (note <> ''));
        COMMENT ON COLUMN t.note IS 'What it is';
        CREATE VIEW v AS SELECT note FROM t;
        CREATE CAST (t AS int) WITH INOUT;
        """);
    PGSimpleDataSource simple = database.dataSource();
    simple.setPreferQueryMode(PreferQueryMode.SIMPLE);

    SchemaSnapshot snapshot = read(simple);

    assertThat(snapshot.objects()).hasSizeGreaterThan(6);
    assertThat(snapshot.text()).isEqualTo(read(database.dataSource()).text());
  }

  @Test
  void a_partition_whose_detachment_was_interrupted_is_shown(TestDatabase database)
      throws SQLException {
    database.execute("""
        CREATE TABLE p (id int) PARTITION BY LIST (id);
        CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
        """);
    SchemaSnapshot before = read(database.dataSource());
    PGSimpleDataSource impatient = database.dataSource();
    impatient.setOptions("-c statement_timeout=300ms");
    try (var reader = database.dataSource().getConnection();
        var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT FROM p");

      assertThatThrownBy(() -> execute(impatient, "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY"))
          .hasMessageContaining("statement timeout");
      reader.rollback();
    }

    assertThat(SchemaDiffText.of(SnapshotComparison.between(before, read(database.dataSource()))))
        .isEqualTo("""
            ~ table public.p1
                + detachment: pending
              + constraint p1_id_check
                  definition: CHECK (((id IS NOT NULL) AND (id = 1)))
            1 added, 0 removed, 1 changed.
            """);
  }

  private static void execute(DataSource dataSource, String sql) {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Test
  void a_snapshot_that_cannot_be_read_says_so(TestDatabase database) {
    try (Session session = Session.open(database.dataSource())) {
      session.stepwise(List.of(Command.of("SET statement_timeout = 1")));
      database.execute(
          "DO $$ BEGIN FOR i IN 1..300 LOOP EXECUTE format('CREATE VIEW v%s AS SELECT 1 AS a', i); END LOOP; END $$");

      assertThatThrownBy(() -> SnapshotReader.read(session, everything()))
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.SCHEMA_UNREADABLE))
          .hasMessageContaining("statement timeout");

      session.stepwise(List.of(Command.of("SET statement_timeout = 0")));
      assertThat(SnapshotReader.read(session, everything()).objects()).isNotEmpty();
    }
  }

  private static SnapshotScope everything() {
    return SnapshotScope.everythingBut(OwnObjects.NONE);
  }

  private static SchemaSnapshot read(DataSource dataSource) {
    return read(dataSource, everything());
  }

  private static SchemaSnapshot read(DataSource dataSource, SnapshotScope scope) {
    try (Session session = Session.open(dataSource)) {
      return SnapshotReader.read(session, scope);
    }
  }

  private static List<String> identities(SchemaSnapshot snapshot) {
    return snapshot.objects().stream()
        .map(object -> object.kind().words() + " " + object.identity())
        .toList();
  }
}
