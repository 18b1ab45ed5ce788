package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts that begin and end transactions themselves, where their authors asked for none around them. */
@PostgresTest
class OwnTransactionsTest {

  private static final String OFF = "-- migrator: transaction=off\n";

  @TempDir
  Path path;

  @Test
  void eachIsOneTransactionAndWhatStoppedGoesOnBehindTheLast(TestDatabase database) {
    database.execute("create table seen (n int, tx text default pg_current_xact_id()::text)");
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", script("insert into seen values (4); select 1 / 0;"));
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("01_a.sql:10:");
    assertThat(numbers(database)).containsExactly(List.of("1"), List.of("2"), List.of("3"));
    folder.script(
        "01_a.sql",
        script("insert into seen values (4); do 'begin insert into seen values (5); end';"));
    assertThat(folder.engine(database).migrate().migrations()).hasSize(1);
    assertThat(numbers(database))
        .containsExactly(List.of("1"), List.of("2"), List.of("3"), List.of("4"), List.of("5"));
    assertThat(database.query(
            "select string_agg(n::text, ',' order by n) from seen group by tx order by 1"))
        .containsExactly(List.of("1,2"), List.of("3"), List.of("4,5"));
  }

  @Test
  void withoutTheDirectiveTheyAreRefusedWithTheWayOut(TestDatabase database) {
    MigrationFolder folder =
        new MigrationFolder(path).script("01_a.sql", script("select 1;").substring(OFF.length()));
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("transaction=off")
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_REFUSED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "begin; select 1; commit; begin; select 2; | 'begin' begins a transaction that the script does not end",
        "select 1; commit; | 'commit' ends a transaction that the script has not begun",
        "begin; begin; commit; | begins a transaction within the one that 01_a.sql:2:1 begins",
        "begin; select 1; rollback; | in another way than by BEGIN ... COMMIT",
        "begin; prepare transaction 'x'; | in another way than by BEGIN ... COMMIT",
        "begin isolation level serializable; select 1; commit; select 2; | in another way than by BEGIN ... COMMIT",
        "begin; vacuum; commit; select 1; | 'vacuum' cannot run in the transaction that 01_a.sql:2:1 begins"
      })
  void whatDoesNotFitIsRefusedBeforeAnythingRuns(
      String statements, String words, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("00_first.sql", "create table first ();")
        .script("01_a.sql", OFF + statements);
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_REFUSED));
    assertThat(database.value("select to_regclass('first')")).isEqualTo("NULL");
  }

  private static String script(String last) {
    return OFF + """
        begin;
        insert into seen values (1);
        insert into seen values (2);
        commit and chain;
        insert into seen values (3);
        commit;
        vacuum seen;
        begin;
        """ + last + "\nend;\n";
  }

  private static List<List<String>> numbers(TestDatabase database) {
    return database.query("select n from seen order by n");
  }
}
