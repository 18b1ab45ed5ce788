package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.config.Limits;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that say how long things may take, each seen to reach the engine. */
@Tag("any-server")
@Timeout(60)
class LimitOptionsTest {

  private static final Pattern DEFAULT = Pattern.compile("Default: ([0-9]+[a-z]+)\\.");

  @TempDir
  Path folder;

  @Test
  @PostgresTest
  void aScriptHasItsTimeouts(TestDatabase database) {
    Shell shell = new Shell(folder, database)
        .script(
            "01_t.sql",
            "create table t as select current_setting('lock_timeout') l, current_setting('statement_timeout') s");
    assertThat(shell
            .run("migrate", "--lock-timeout", "7s", "--statement-timeout", "2m")
            .exitCode())
        .isZero();
    assertThat(database.query("select l, s from t")).containsExactly(List.of("7s", "2min"));
  }

  @Test
  @PostgresTest
  void aLockThatIsNotGivenEndsTheRunWhenTheTimeForTryingAgainIsUp(TestDatabase database)
      throws SQLException {
    database.execute("create table t (a int)");
    Shell shell = new Shell(folder, database).script("01_t.sql", "alter table t add column b int;");
    try (Connection other = database.dataSource().getConnection();
        Statement locking = other.createStatement()) {
      other.setAutoCommit(false);
      locking.execute("lock table t in access share mode");
      CommandRun run = shell.run("migrate", "--lock-timeout", "100ms", "--lock-retry", "0s");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("[MIGRATION_FAILED]", "lock timeout");
    }
  }

  @Test
  @PostgresTest
  void aRunThatTakesLongerThanItMayIsExitCode2(TestDatabase database) {
    Shell shell = new Shell(folder, database).script("01_t.sql", "select pg_sleep(50);");
    CommandRun run = shell.run("migrate", "--run-timeout", "1500ms");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("[OUT_OF_TIME] the time for the run was up");
  }

  @Test
  @PostgresTest
  void aRunThatMayNotReconnectEndsWithItsConnection(TestDatabase database) {
    Shell shell = new Shell(folder, database)
        .script("01_t.sql", "select pg_terminate_backend(pg_backend_pid());");
    CommandRun run = shell.run("migrate", "--reconnect", "0s");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("[CONNECTION_LOST]");
  }

  static Stream<Arguments> defaults() {
    return Map.<Option<?>, Duration>of(
            LimitOptions.LOCK_TIMEOUT, Limits.DEFAULT.lockTimeout(),
            LimitOptions.LOCK_RETRY, Limits.DEFAULT.lockRetry(),
            LimitOptions.STATEMENT_TIMEOUT, Limits.DEFAULT.statementTimeout(),
            LimitOptions.RUN_TIMEOUT, Limits.DEFAULT.run(),
            LimitOptions.RECONNECT, Limits.DEFAULT.reconnect(),
            LimitOptions.GRACE, Limits.DEFAULT.grace())
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void theHelpNamesTheDefault(Option<?> option, Duration limit) {
    List<Duration> named = DEFAULT
        .matcher(option.help())
        .results()
        .map((MatchResult found) -> Values.duration(found.group(1)))
        .toList();
    assertThat(named).as(option.help()).containsExactly(limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"577h", "3d", "-1s", "5"})
  void whatCannotBeALimitIsRefusedByItsOption(String text) {
    CommandRun run = new Shell(folder).runExactly(List.of("migrate", "--grace=" + text));
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("the value of --grace cannot be used: write ");
  }
}
