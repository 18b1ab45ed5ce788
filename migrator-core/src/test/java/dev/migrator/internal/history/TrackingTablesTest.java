package dev.migrator.internal.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of format 1.0 are frozen: they are in users' databases. */
@PostgresTest
class TrackingTablesTest {

  @Test
  void theDefinitionIsFrozen() throws IOException {
    try (InputStream golden =
        Objects.requireNonNull(getClass().getResourceAsStream("/golden/tracking-tables-1.0.sql"))) {
      assertThat(TrackingTables.definition(new TrackingNames("public", "schema_migrations")))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "schema_migrations, migration_history, migration_script, migration_journal, migration_status_view, get_migration_status",
    "billing, billing_history, billing_script, billing_journal, billing_status_view, get_billing_status"
  })
  void everyNameIsDerivedFromOne(
      String table, String history, String scripts, String journal, String view, String function) {
    assertThat(new TrackingNames("s", table)
            .fill("%{migrations} %{history} %{scripts} %{journal} %{statusView} %{statusFunction}"))
        .isEqualTo("\"s\".\"%s\" \"s\".\"%s\" \"s\".\"%s\" \"s\".\"%s\" \"s\".\"%s\" \"s\".\"%s\""
            .formatted(table, history, scripts, journal, view, function));
  }

  @Test
  void aFreshDatabaseGetsTheTablesOnceAndTheyAreFoundAgain(TestDatabase database) {
    try (Session session = Session.open(database.dataSource())) {
      History before = History.locate(session, null, "schema_migrations");
      assertThat(before.located().exists()).isFalse();
      assertThat(before.read()).isEmpty();
      assertThat(before.scripts()).isEmpty();
      assertThat(before.progress()).isZero();
      before.install(false, List.of(), session::pipeline);
      History after = History.locate(session, null, "schema_migrations");
      assertThat(after.located().exists()).isTrue();
      after.install(false, List.of(), session::pipeline);
    }
    assertThat(database.value("select obj_description('schema_migrations'::regclass, 'pg_class')"))
        .isEqualTo("migrator 1.0");
    assertThat(database.value("select has_table_privilege('public', 'migration_script', 'select')"))
        .isEqualTo("f");
  }

  @Test
  void aLaterMinorVersionIsUsedAsItIs(TestDatabase database) {
    install(database);
    database.execute("alter table schema_migrations add column shiny text not null default 'x';"
        + "alter table migration_history add column shiny text;"
        + "comment on table schema_migrations is 'migrator 1.7'");
    try (Session session = Session.open(database.dataSource())) {
      assertThat(History.locate(session, null, "schema_migrations").read()).isEmpty();
    }
  }

  @Test
  void aLaterMajorVersionIsRefused(TestDatabase database) {
    install(database);
    database.execute("comment on table schema_migrations is 'migrator 2.0'");
    assertRefused(database, FailureCode.TRACKING_TABLE_UNUSABLE, "newer Migrator (migrator 2.0)");
  }

  @Test
  void ourTableIsRecognisedByItsColumnsWhenTheCommentIsLost(TestDatabase database) {
    install(database);
    database.execute("comment on table schema_migrations is null");
    try (Session session = Session.open(database.dataSource())) {
      assertThat(History.locate(session, null, "schema_migrations").located().exists())
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create table schema_migrations (version bigint primary key, dirty boolean)",
        "create table schema_migrations (version varchar primary key)",
        "create view schema_migrations as select 1 as version"
      })
  void anotherToolsTableIsRefusedAndNotTouched(String ddl, TestDatabase database) {
    database.execute(ddl);
    assertRefused(
        database,
        FailureCode.FOREIGN_TABLE,
        "public.schema_migrations exists and is not Migrator's");
  }

  @Test
  void aHistoryInAnotherVisibleSchemaIsNamedInsteadOfBegunAnew(TestDatabase database) {
    install(database);
    database.execute("create schema \"" + database.user() + "\"");
    assertRefused(
        database,
        FailureCode.TRACKING_TABLE_UNUSABLE,
        "public.schema_migrations holds a history already");
  }

  @Test
  void aSearchPathWithoutASchemaIsRefused(TestDatabase database) {
    database.execute("alter database " + database.name() + " set search_path = nowhere");
    assertRefused(database, FailureCode.TRACKING_TABLE_UNUSABLE, "no current schema");
  }

  private static void install(TestDatabase database) {
    try (Session session = Session.open(database.dataSource())) {
      History.locate(session, null, "schema_migrations")
          .install(false, List.of(), session::pipeline);
    }
  }

  private static void assertRefused(TestDatabase database, FailureCode code, String words) {
    List<List<String>> before =
        database.query("select oid::text, relname from pg_class order by oid");
    try (Session session = Session.open(database.dataSource())) {
      assertThatThrownBy(() -> History.locate(session, null, "schema_migrations"))
          .isInstanceOfSatisfying(MigrationException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(words);
          });
    }
    assertThat(database.query("select oid::text, relname from pg_class order by oid"))
        .isEqualTo(before);
  }
}
