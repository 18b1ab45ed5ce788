package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.event.VerifyEvent;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.report.Complexity;
import dev.migrator.report.DataVerdict;
import dev.migrator.report.RollbackVerdict;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport.Check;
import dev.migrator.report.VerifyReport.Result;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a person sees while a verification runs. */
@Tag("any-server")
class ProgressLineTest {

  private static final Migration FIRST = migration("0001", "people");
  private static final Migration SECOND = migration("0002", "note\u001b[2J");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void whereThereIsNoTerminalThereIsALineForEach() {
    show(TerminalStyle.LINES);
    assertThat(shown()).isEqualTo("""
        Verifying 2 migrations on embedded PostgreSQL 17.11
          1/2 0001 people: exact (12 ms)
          2/2 0002 note?[2J: differs, rows lost (12 ms)
          a second run does nothing: passed
        """);
  }

  @Test
  void onATerminalABarMovesAndWhatFailedStays() {
    show(TerminalStyle.BAR);
    String clear = "\r\u001b[K";
    assertThat(shown())
        .isEqualTo(clear + "[........................] 0/2, 0:00" + clear
            + "[############............] 1/2, 1:05  0001 people" + clear
            + "  2/2 0002 note?[2J: differs, rows lost (12 ms)\n" + clear
            + "[########################] 2/2, 1 failed, 2:10  0002 note?[2J" + clear
            + "[########################] 2/2, 1 failed, 3:15  a second run does nothing" + clear);
  }

  @Test
  void beforeItIsKnownHowManyThereAreNoBarIsShown() {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (ProgressLine line = ProgressLine.of(out, TerminalStyle.BAR, () -> 0)) {
      line.draw();
    }
    assertThat(shown()).contains("Reading the scripts and reaching the server, 0:00");
  }

  @Test
  void onlyATerminalThatWantsColoursGetsThem() {
    show(TerminalStyle.COLOURED_BAR);
    assertThat(shown())
        .contains("\u001b[31m  2/2 0002 note?[2J: differs, rows lost (12 ms)\u001b[0m\n");
  }

  private void show(TerminalStyle style) {
    AtomicLong now = new AtomicLong();
    try (ProgressLine line =
        ProgressLine.of(new PrintStream(bytes, true, StandardCharsets.UTF_8), style, now::get)) {
      line.on(new VerifyEvent.Began("embedded PostgreSQL 17.11", List.of(FIRST, SECOND)));
      now.addAndGet(Duration.ofSeconds(65).toNanos());
      line.on(
          new VerifyEvent.Verified(verified(FIRST, RollbackVerdict.EXACT, DataVerdict.KEPT), 1, 2));
      now.addAndGet(Duration.ofSeconds(65).toNanos());
      line.on(new VerifyEvent.Verified(
          verified(SECOND, RollbackVerdict.DIFFERS, DataVerdict.LOST), 2, 2));
      now.addAndGet(Duration.ofSeconds(65).toNanos());
      line.on(new VerifyEvent.Checked(
          new Check("a second run does nothing", Result.PASSED, "", Duration.ofMillis(3))));
    }
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static VerifiedMigration verified(
      Migration migration, RollbackVerdict verdict, DataVerdict data) {
    return new VerifiedMigration(
        migration,
        verdict,
        "",
        null,
        null,
        data,
        List.of(),
        new Complexity(1, List.of(), "", List.of()),
        List.of(),
        Duration.ofMillis(12),
        Duration.ofMillis(3),
        Duration.ZERO);
  }

  private static Migration migration(String version, String name) {
    return new Migration(
        version, MigrationVersion.of(version), name, MigrationKind.VERSIONED, version + ".sql");
  }
}
