package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedScriptTest {

  @ParameterizedTest
  @CsvSource({
    "BEGIN, COMMIT",
    "begin work, end",
    "start transaction isolation level serializable, commit transaction",
    "begin, commit and no chain"
  })
  void oneFrameAroundTheScriptIsTheMigrationsOwnTransaction(String begin, String end) {
    ParsedScript script =
        ParsedScript.read("x.sql", begin + ";\nselect 1;\nselect 2;\n" + end + ";\n");
    assertThat(script.begin()).isEqualTo(begin);
    assertThat(script.statements())
        .extracting(Statement::text)
        .containsExactly("select 1", "select 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1; commit; select 2|x.sql:1:11",
        "begin; select 1; commit; select 2|x.sql:1:1",
        "begin; select 1|x.sql:1:1",
        "select 1; commit|x.sql:1:11",
        "begin; select 1; commit; begin; select 2; commit|x.sql:1:18",
        "select 1; rollback|x.sql:1:11",
        "begin; select 1; commit and chain; select 2; commit|x.sql:1:18",
        "savepoint a; select 1|x.sql:1:1",
        "select 1; prepare transaction 'x'|x.sql:1:11",
        "commit prepared 'x'|x.sql:1:1",
        "abort|x.sql:1:1"
      })
  void anyOtherTransactionControlIsRefusedWithItsPlace(String sql, String place) {
    assertThatThrownBy(() -> ParsedScript.read("x.sql", sql))
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_REFUSED);
          assertThat(e.position().orElseThrow()).hasToString(place);
          assertThat(e).hasMessageContaining("controls the transaction");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set client_encoding = latin1",
        "set names 'LATIN1'",
        "SET LOCAL client_encoding TO 'SQL_ASCII'",
        "set datestyle = german",
        "set session datestyle to 'SQL, DMY'",
        "discard all"
      })
  void whatWouldTakeTheConnectionAwayIsRefused(String sql) {
    assertThatThrownBy(() -> ParsedScript.read("x.sql", "select 1;\n" + sql + ";"))
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_REFUSED);
          assertThat(e.position().orElseThrow()).hasToString("x.sql:2:1");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set client_encoding = 'UTF8'",
        "set datestyle = 'ISO, DMY'",
        "set datestyle = iso, mdy",
        "set statement_timeout = 0",
        "set datestyle = dmy",
        "prepare p as select 1"
      })
  void whatPgDumpWritesIsNot(String sql) {
    assertThat(ParsedScript.read("x.sql", sql).statements()).hasSize(1);
  }

  @Test
  void tellsWhyAScriptRunsWithoutATransaction() {
    ParsedScript script =
        ParsedScript.read("x.sql", "select 1;\n create index concurrently i\n on t (a);");
    assertThat(script.isTransactional()).isFalse();
    assertThat(script.withoutTransaction())
        .isEqualTo(new ParsedScript.Reason(
            "'create index concurrently i' at x.sql:2:2 cannot run in a transaction",
            new SourcePosition("x.sql", 2, 2),
            false));
  }

  @Test
  void aFrameAroundWhatCannotRunInATransactionIsRefused() {
    assertThatThrownBy(() -> ParsedScript.read("x.sql", "begin;\nvacuum t;\ncommit;"))
        .hasMessageContaining("x.sql:2:1")
        .hasMessageContaining(
            "cannot run in a transaction, and the script's own BEGIN ... COMMIT puts it in one");
  }
}
