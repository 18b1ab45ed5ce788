package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PostgresTest
class PlaceholdersTest {

  @TempDir
  Path path;

  @Test
  void theyAreReplacedInScriptsOfEveryKindOnceThereAreValues(TestDatabase database) {
    database.execute("create schema app");
    MigrationFolder folder = new MigrationFolder(path)
        .script("B1__base.sql", "create table ${schema}.base (a text default '${word}');")
        .script("V1__base.sql", "select this_would_fail;")
        .script("V2__next.sql", "create table ${schema}.next ();")
        .script("U2__next.sql", "drop table ${schema}.next;")
        .script("R__view.sql", "create or replace view ${schema}.v as select 1 as ${word};");
    MigrationEngine engine = engine(folder, database, Map.of("schema", "app", "word", "one"));
    assertThat(engine.migrate().steps()).hasSize(3);
    assertThat(database.value("select one from app.v")).isEqualTo("1");
    database.execute("insert into app.base default values");
    assertThat(database.value("select a from app.base")).isEqualTo("one");
    engine.rollback(RollbackTarget.steps(1));
    assertThat(database.value("select to_regclass('app.next')")).isEqualTo("NULL");
  }

  @Test
  void theDatabaseKeepsTheDownScriptAsItIsWrittenAndAnOlderReleaseFillsItIn(TestDatabase database) {
    database.execute("create schema app");
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table ${schema}.a ();")
        .script("02_b.sql", "create table ${schema}.b ();")
        .script("02_b_rollback.sql", "drop table ${schema}.b;");
    engine(folder, database, Map.of("schema", "app")).migrate();
    assertThat(database.query("select content from migration_script"))
        .containsExactly(List.of("drop table ${schema}.b;"));
    folder.without("02_b.sql").without("02_b_rollback.sql");
    assertThatThrownBy(() ->
            engine(folder, database, Map.of("other", "x")).planRollback(RollbackTarget.steps(1)))
        .hasMessageContaining("02_b_rollback.sql:1:12: no value is configured for ${schema}");
    engine(folder, database, Map.of("schema", "app")).rollback(RollbackTarget.steps(1));
    assertThat(database.value("select to_regclass('app.b')")).isEqualTo("NULL");
  }

  @Test
  void anotherValueIsNoEdit(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("V1__a.sql", "create table a as select '${v}' v;")
        .script("R__b.sql", "create or replace view b as select '${v}' v;");
    engine(folder, database, Map.of("v", "1")).migrate();
    MigrationEngine other = engine(folder, database, Map.of("v", "2"));
    assertThat(other.validate().isValid()).isTrue();
    assertThat(other.migrate().isUpToDate()).isTrue();
    assertThat(folder.engine(database).migrate().isUpToDate()).isTrue();
    assertThat(database.value("select v from b")).isEqualTo("1");
  }

  @Test
  void withoutValuesNothingIsReplaced(TestDatabase database) {
    MigrationFolder folder =
        new MigrationFolder(path).script("01_a.sql", "create table a as select '${v}' v;");
    folder.builder(database.dataSource()).placeholdersInBodies(true).build().migrate();
    assertThat(database.value("select v from a")).isEqualTo("${v}");
  }

  @Test
  void bodiesKeepTheirsUnlessAskedFor(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql", "create function f() returns text language sql as $$ select '${v}' $$;");
    engine(folder, database, Map.of("v", "1")).migrate();
    assertThat(database.value("select f()")).isEqualTo("${v}");
    folder.script(
        "02_b.sql",
        "create or replace function f() returns text language sql as $$ select '${v}' $$;");
    folder
        .builder(database.dataSource())
        .placeholders(Map.of("v", "1"))
        .placeholdersInBodies(true)
        .build()
        .migrate();
    assertThat(database.value("select f()")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"02_b.sql", "02_b_rollback.sql"})
  void oneWithoutAValueIsFoundBeforeAnythingRuns(String name, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "select 1;")
        .script("02_b_rollback.sql", "select 1;")
        .script(name, "-- ${free}\nselect '${known}',\n  '${unknown}';");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> engine(folder, database, Map.of("known", "topsecret")).migrate());
    assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_UNREADABLE);
    assertThat(failure)
        .hasMessageContaining(name + ":3:4")
        .hasMessageContaining("${unknown}")
        .hasMessageContaining("known")
        .hasMessageNotContaining("topsecret");
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
    assertThatThrownBy(
            () -> engine(folder, database, Map.of("known", "topsecret")).validate())
        .hasMessageContaining(name + ":3:4");
  }

  @Test
  void anErrorBehindAReplacedOneIsShownWhereTheFileHasIt(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "select 1;\nselect '${secret}', ${x}, nope from pg_class;");
    for (boolean stepwise : new boolean[] {false, true}) {
      MigrationException failure = catchThrowableOfType(
          MigrationException.class,
          () -> folder
              .builder(database.dataSource())
              .placeholders(Map.of("secret", "a-long-and-secret-value", "x", "1"))
              .stepwise(stepwise)
              .build()
              .migrate());
      assertThat(failure.position())
          .hasValueSatisfying(p -> assertThat(p).hasToString("01_a.sql:2:27"));
      assertThat(failure)
          .hasMessageContaining("  select '${secret}', ${x}, nope from pg_class\n")
          .hasMessageNotContaining("a-long");
      assertThat(database.query("select error_message from schema_migrations").toString())
          .doesNotContain("a-long");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a}", "${a}", "{"})
  void aNameThatNoScriptCanHoldIsRefused(String name) {
    assertThatThrownBy(() -> MigrationEngine.builder().placeholders(Map.of(name, "topsecret")))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID))
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void aValueThatPostgresCannotTakeIsRefused() {
    assertThatThrownBy(() -> MigrationEngine.builder().placeholders(Map.of("a", "topsecret\0")))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("placeholder a")
        .hasMessageNotContaining("topsecret");
  }

  private static MigrationEngine engine(
      MigrationFolder folder, TestDatabase database, Map<String, String> values) {
    return folder.builder(database.dataSource()).placeholders(values).build();
  }
}
