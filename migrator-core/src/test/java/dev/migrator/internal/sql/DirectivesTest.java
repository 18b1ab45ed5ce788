package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectivesTest {

  private static Directives read(String text) {
    return ParsedScript.read("x.sql", text).directives();
  }

  @Test
  void aScriptWithoutDirectivesAsksForNothing() {
    assertThat(read("-- migrators go south\nselect 1; -- atlas: a book of maps"))
        .isEqualTo(Directives.NONE);
  }

  @Test
  void allOfThemAreUnderstood() {
    Directives directives = read("""
        -- migrator: transaction=off
        -- migrator: lock-timeout=3s, statement-timeout=10min
          --migrator:irreversible because the old codes are gone
        create table t (a int); -- migrator: allow drop-column because nobody reads it
        """);
    Directives.Transaction transaction = Objects.requireNonNull(directives.transaction());
    assertThat(transaction.on()).isFalse();
    assertThat(transaction.position()).hasToString("x.sql:1:1");
    assertThat(directives.lockTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(directives.statementTimeout()).isEqualTo(Duration.ofMinutes(10));
    Directives.Irreversible irreversible = Objects.requireNonNull(directives.irreversible());
    assertThat(irreversible.reason()).isEqualTo("the old codes are gone");
    assertThat(irreversible.position()).hasToString("x.sql:3:3");
    assertThat(directives.allowances()).singleElement().satisfies(allowance -> {
      assertThat(allowance.rule()).isEqualTo("drop-column");
      assertThat(allowance.reason()).isEqualTo("nobody reads it");
      assertThat(allowance.position()).hasToString("x.sql:4:25");
    });
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "3s,3000", "10min,600000", "1h,3600000", "2d,172800000", "0,0"})
  void timesHaveUnits(String time, long milliseconds) {
    assertThat(read("-- migrator: lock-timeout=" + time).lockTimeout())
        .isEqualTo(Duration.ofMillis(milliseconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- atlas:txmode none",
        "-- no-transaction",
        "-- migrator: transaction=off",
        "-- MIGRATOR: transaction = OFF"
      })
  void theWordsOfOtherToolsMeanTheSame(String directive) {
    ParsedScript script = ParsedScript.read("x.sql", directive + "\nselect 1;");
    assertThat(script.isTransactional()).isFalse();
    assertThat(Objects.requireNonNull(script.withoutTransaction()).words()).contains("x.sql:1:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-- migrator: transactoin=off | did you mean 'transaction'?",
        "-- migrator: lock_timeout=3s | did you mean 'lock-timeout'?",
        "-- migrator: lock-timeout=3 | a number and its unit",
        "-- migrator: lock-timeout=99d | longer than PostgreSQL can wait",
        "-- migrator: transaction=maybe | 'on' or 'off'",
        "-- migrator: transaction | there is no directive 'transaction'",
        "-- migrator: | The directives are",
        "-- migrator: irreversible | irreversible because <reason>",
        "-- migrator: allow drop-table | allow <rule> because <reason>",
        "-- migrator: nonsense | The directives are transaction, lock-timeout",
        "-- migrator: transaction=off and more | there is no directive 'and'",
        "-- atlas:delimiter \\n\\n | here they end at semicolons",
        "-- atlas:delimiter -- end | here they end at semicolons",
        "-- atlas:txmode off | none, file or all",
        "-- migrator transaction=off | none without the colon",
        "--- migrator: nonsense | there is no directive 'nonsense'",
        "-- migrator: allow drop_column because x | allow <rule> because <reason>",
        "-- migrator: irreversible since x | irreversible because <reason>",
        "-- migrator: irreversible because we drop lock-timeout=3s | has no effect"
      })
  void whatCannotBeUnderstoodIsRefusedWithItsLine(String directive, String message) {
    assertThatThrownBy(() -> read("select 1;\n" + directive))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_UNREADABLE))
        .hasMessageContaining("x.sql:2:1")
        .hasMessageContaining(message);
  }

  @Test
  void aLineSeparatorOfUnicodeEndsNoDirective() {
    assertThat(Objects.requireNonNull(
                read("-- migrator: irreversible because a\u2028b").irreversible())
            .reason())
        .isEqualTo("a\u2028b");
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> read("-- migrator: transaction=off\n-- migrator: transaction=on"))
        .hasMessageContaining("x.sql:2:1")
        .hasMessageContaining("contradicts");
    assertThatThrownBy(() -> read("-- migrator: lock-timeout=1s\n-- migrator: lock-timeout=2s"))
        .hasMessageContaining("said twice");
    assertThatThrownBy(() -> read("-- migrator: transaction=on\nvacuum;"))
        .hasMessageContaining("asks for a transaction, but 'vacuum'");
    assertThatThrownBy(() -> read("-- migrator: transaction=off\nbegin;\nselect 1;\ncommit;"))
        .hasMessageContaining("BEGIN ... COMMIT puts it in one");
  }

  @Test
  void aDirectiveInsideABodyOrAStringIsNone() {
    assertThat(
            read("do $$ begin\n-- migrator: nonsense\nend $$;\nselect '\n-- migrator: nonsense';"))
        .isEqualTo(Directives.NONE);
  }
}
