package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.Breaking.Moment;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A migration without a transaction that stopped half-way goes on by itself. */
@PostgresTest
class ResumeTest {

  @TempDir
  Path path;

  @ParameterizedTest
  @EnumSource(Moment.class)
  void whereverItIsCutEverythingHappensExactlyOnce(Moment moment, TestDatabase first) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_t.sql", "create table t (id int generated always as identity, v text);")
        .script(
            "02_mixed.sql",
            "set search_path = public;\n"
                + "insert into t (v) values ('one');\n"
                + "create index concurrently t_v on t (v);\n"
                + "drop index concurrently t_v;\n"
                + "create unique index concurrently on t (id);\n"
                + "insert into t (v) values ('three');");
    int cuts = 0;
    boolean broken = true;
    for (int number = 1; broken; number++) {
      TestDatabase database = first.sibling();
      Breaking breaking = Breaking.at(database.dataSource(), moment, "set search_path", number);
      MigrationEngine engine = folder
          .builder(breaking.dataSource())
          .limits(limits -> limits.reconnect(Duration.ZERO))
          .build();
      try {
        engine.migrate();
      } catch (MigrationException e) {
        assertThat(breaking.hasBroken())
            .as("cut %d: %s", number, e.getMessage())
            .isTrue();
      }
      broken = breaking.hasBroken();
      cuts += broken ? 1 : 0;
      folder.engine(database).migrate();
      assertThat(database.query("select v from t order by id"))
          .as("cut %d", number)
          .containsExactly(List.of("one"), List.of("three"));
      assertThat(
              database.query(
                  "select indexrelid::regclass::text, indisvalid from pg_index where indrelid = 't'::regclass"))
          .as("cut %d", number)
          .containsExactly(List.of("t_id_idx", "t"));
      assertThat(database.query("select version, status from schema_migrations order by 1"))
          .as("cut %d", number)
          .containsExactly(List.of("01", "completed"), List.of("02", "completed"));
      assertThat(
              database.query(
                  "select version, count(*) from migration_history where status = 'success' group by 1 order by 1"))
          .as("cut %d", number)
          .containsExactly(List.of("01", "1"), List.of("02", "1"));
      assertThat(database.value("select count(*) from migration_journal where finished_at is null"))
          .isEqualTo("0");
    }
    System.out.println("ResumeTest: cut " + moment + " each of " + cuts + " commands");
    assertThat(cuts).isGreaterThan(25);
  }
}
