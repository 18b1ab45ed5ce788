package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.event.MigrationEvent;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.Action;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees while migrations run. */
class RunProgressTest {

  private static final UUID RUN = new UUID(1, 2);
  private static final Migration ORDERS = new Migration(
      "0002", MigrationVersion.of("0002"), "orders", MigrationKind.VERSIONED, "0002_orders.sql");
  private static final String CLEAR = "\r\u001b[K";

  @TempDir
  Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong now = new AtomicLong();

  @Test
  @Tag("any-server")
  void onATerminalABarNamesTheStatementAndHowFarAnIndexIs() {
    try (RunProgress progress = progress(TerminalStyle.BAR, false)) {
      begin(progress);
      now.addAndGet(Duration.ofSeconds(65).toNanos());
      progress.on(new MigrationEvent.IndexProgressed(RUN, ORDERS, "", "building index", 40));
      progress.on(new MigrationEvent.MigrationFailed(RUN, ORDERS, failure()));
    }
    String bar = "[............] 1/2, ".replace("............", "############............");
    assertThat(shown())
        .contains(CLEAR + bar + "0:00  0002 orders" + CLEAR)
        .contains(CLEAR + bar + "0:00  0002 orders  1/3 CREATE INDEX orde")
        .contains(CLEAR + bar + "1:05  0002 orders  (40 % building index)  ")
        .endsWith(CLEAR)
        .doesNotContain("\n");
    assertThat(shown().split(CLEAR.replace("[", "\\["), -1))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
  }

  @Test
  @Tag("any-server")
  void theBarNamesWhoIsInTheWayAndNotWhoWaits() {
    try (RunProgress progress = progress(TerminalStyle.BAR, false)) {
      begin(progress);
      progress.on(new MigrationEvent.Blocked(
          RUN, ORDERS, "pid 31 waits for ACCESS EXCLUSIVE on public.o, blocked by pid 7", "wait"));
    }
    assertThat(shown()).contains("0002 orders  (blocked by pid 7)");
  }

  @Test
  @Tag("any-server")
  void elsewhereALineStaysNowAndThen() {
    try (RunProgress progress = progress(TerminalStyle.LINES, false)) {
      begin(progress);
      assertThat(progress.wantsStatements()).isFalse();
      assertThat(shown()).isEmpty();
      now.addAndGet(Duration.ofSeconds(10).toNanos());
      progress.tick();
    }
    assertThat(shown()).isEqualTo("  1/2, 0:10  0002 orders  1/3 CREATE INDEX orders_customer\n");
  }

  @Test
  @Tag("any-server")
  void whereAProgramReadsAlongThereIsNothing() {
    try (RunProgress progress = progress(TerminalStyle.BAR, true)) {
      begin(progress);
      assertThat(progress.wantsStatements()).isFalse();
    }
    assertThat(shown()).isEmpty();
  }

  @Test
  @PostgresTest
  @RequiresProgram("script")
  void aPseudoTerminalGetsABarThatIsGoneInTheEnd(TestDatabase database) throws Exception {
    Files.writeString(folder.resolve("0001_slow.sql"), "select pg_sleep(1.2);");
    String run = onTerminal(database, "TERM=xterm", "migrate");
    assertThat(run)
        .containsPattern("0/1, 0:[0-9]{2}  0001 slow  1/1 select pg_sleep\\(1.2\\)")
        .contains(CLEAR + "  Version  Name")
        .contains("1 migration applied");
    Files.writeString(folder.resolve("0002_bad.sql"), "select * from nobody;");
    assertThat(onTerminal(database, "TERM=xterm", "migrate"))
        .contains("\u001b[31m[MIGRATION_FAILED] 0002_bad.sql:1:1");
    assertThat(onTerminal(database, "TERM=xterm NO_COLOR=1", "migrate"))
        .contains(CLEAR + "[MIGRATION_FAILED]")
        .doesNotContain("\u001b[31m");
    assertThat(onTerminal(database, "TERM=dumb", "migrate")).doesNotContain("\u001b");
    assertThat(onTerminal(database, "TERM=xterm", "migrate --json")).doesNotContain("\u001b");
  }

  private RunProgress progress(TerminalStyle style, boolean quiet) {
    return RunProgress.of(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), style, now::get, quiet);
  }

  private static void begin(RunProgress progress) {
    progress.on(new MigrationEvent.RunStarted(RUN, Action.APPLY, List.of(ORDERS, ORDERS)));
    progress.on(new MigrationEvent.MigrationStarted(RUN, Action.APPLY, ORDERS, 2, 2));
    progress.on(new MigrationEvent.StatementStarted(
        RUN,
        ORDERS,
        1,
        3,
        new SourcePosition("0002_orders.sql", 1, 1),
        "CREATE INDEX orders_customer"));
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  /** What the program writes to a terminal. */
  private String onTerminal(TestDatabase database, String variables, String arguments)
      throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command = "env -u NO_COLOR " + variables + " " + java + " -cp \"$CLASSES\" "
        + MigratorCommand.class.getName() + " " + arguments
        + " --no-config --environment test --location " + folder;
    ProcessBuilder builder = new ProcessBuilder("script", "-qec", command, "/dev/null")
        .redirectInput(ProcessBuilder.Redirect.PIPE)
        .redirectErrorStream(true);
    builder.environment().put("CLASSES", System.getProperty("java.class.path"));
    builder.environment().put("DATABASE_URL", database.jdbcUrl());
    builder.environment().put("PGUSER", database.user());
    builder.environment().put("MIGRATOR_NO_LOG_FILES", "true");
    builder.environment().put("PGPASSWORD", database.password());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return text.replace("\r\n", "\n");
  }

  private static MigrationException failure() {
    return MigrationException.because(FailureCode.MIGRATION_FAILED, "it failed.")
        .build();
  }
}
