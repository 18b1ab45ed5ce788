package dev.migrator.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.migration.Mismatch;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.Action;
import dev.migrator.report.HeldLock;
import dev.migrator.report.LockMode;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.MigrationStatus;
import dev.migrator.report.PlannedStep;
import dev.migrator.report.ReportStep;
import dev.migrator.report.SafetyReport;
import dev.migrator.report.SchemaCheck;
import dev.migrator.report.SchemaFingerprint;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.StatusReport;
import dev.migrator.report.ValidationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports beside the text and the JSON that are expected of them. Programs read the JSON: lines may be added to it only. */
class ReportsTest {

  private static final Migration PEOPLE = migration("0006", "people");
  private static final Migration INDEX = migration("0007", "index \"by\" näme");
  private static final Migration FUTURE = migration("0009", "future");

  private static final MigrationReport REPORT = new MigrationReport(
      UUID.fromString("6f1c62e5-3f0e-4f3f-9d5a-2b6a64d0a8c1"),
      Action.APPLY,
      "shop",
      "public",
      "production",
      List.of(
          new ReportStep(
              Action.APPLY,
              PEOPLE,
              3,
              true,
              Duration.ofMillis(1_500),
              List.of("NOTICE: created\twith password => 'secret'", "WARNING: careful"),
              List.of("search_path"),
              List.of(
                  new HeldLock(
                      "public.person",
                      LockMode.SHARE_ROW_EXCLUSIVE,
                      Duration.ofMillis(12),
                      new SourcePosition("0006.sql", 2, 1)),
                  new HeldLock(
                      "town",
                      LockMode.ACCESS_EXCLUSIVE,
                      Duration.ofMillis(1_200),
                      new SourcePosition("0006.sql", 4, 1))),
              ""),
          new ReportStep(
              Action.APPLY,
              INDEX,
              1,
              false,
              Duration.ofSeconds(75),
              List.of(),
              List.of(),
              List.of(new HeldLock(
                  "public.person",
                  LockMode.ACCESS_EXCLUSIVE,
                  Duration.ofMillis(30),
                  new SourcePosition("0007.sql", 1, 1))),
              "")),
      List.of("0006 people left session state behind, which was reset: search_path."),
      List.of(FUTURE),
      new SchemaCheck(new SchemaFingerprint(SchemaFlavour.STRICT, 1, 17, "0".repeat(64)), null),
      SafetyReport.NONE,
      Duration.ofMillis(76_543));

  private static final MigrationReport NOTHING = new MigrationReport(
      UUID.fromString("6f1c62e5-3f0e-4f3f-9d5a-2b6a64d0a8c1"),
      Action.APPLY,
      "shop",
      "public",
      "test",
      List.of(),
      List.of(),
      List.of(),
      null,
      SafetyReport.NONE,
      Duration.ofMillis(4));

  private static final MigrationPlan PLAN = new MigrationPlan(
      "public",
      "unknown",
      List.of(
          new PlannedStep(Action.APPLY, PEOPLE, 3, true, "", 1),
          new PlannedStep(
              Action.APPLY,
              INDEX,
              1,
              false,
              "'create index concurrently' at 0007.sql:1:1 cannot run in a transaction",
              1)),
      List.of(FUTURE),
      List.of("Not in meta/_journal.json and therefore not run: 0008_stray.sql."),
      "5f0c".repeat(16));

  private static final StatusReport STATUS = new StatusReport(
      "shop",
      "public",
      true,
      List.of(
          new MigrationStatus(
              new Migration(
                  "0005", MigrationVersion.of("0005"), "baseline", MigrationKind.BASELINE, ""),
              MigrationState.BASELINE,
              1,
              Instant.parse("2026-02-03T04:05:06.789012Z"),
              0L,
              "ada@host",
              false,
              null),
          new MigrationStatus(
              PEOPLE,
              MigrationState.APPLIED,
              2,
              Instant.parse("2026-02-03T04:05:07Z"),
              1_500L,
              "ada@host",
              true,
              null),
          new MigrationStatus(
              INDEX,
              MigrationState.PARTIALLY_APPLIED,
              0,
              null,
              null,
              null,
              false,
              "could not connect: password=secret")),
      List.of("R:views is ignored."));

  private static final ValidationReport VALIDATION = new ValidationReport(
      List.of(new Mismatch(
          MigrationState.OUT_OF_ORDER, PEOPLE, "is not applied, but 0007 is.", "Rename it.")),
      List.of("a note"),
      List.of(INDEX));

  private static MigrationException failure() {
    return MigrationException.because(FailureCode.MIGRATION_FAILED, "0007 failed: role exists")
        .at(new SourcePosition("0007.sql", 12, 3))
        .sqlState("42710")
        .detail("create role app password 'secret'\n^")
        .done("0006 stays.", List.of(PEOPLE))
        .advice("correct the script and run again.")
        .build();
  }

  private static MigrationException disagreement() {
    return new MigrationValidationException(VALIDATION.mismatches());
  }

  static Stream<Arguments> rendered() {
    return Stream.of(
        Arguments.of("report.json", JsonReport.of(REPORT)),
        Arguments.of("nothing.json", JsonReport.of(NOTHING)),
        Arguments.of("plan.json", JsonReport.of(PLAN)),
        Arguments.of("status.json", JsonReport.of(STATUS)),
        Arguments.of("validation.json", JsonReport.of(VALIDATION)),
        Arguments.of("failure.json", JsonReport.of(failure())),
        Arguments.of("disagreement.json", JsonReport.of(disagreement())),
        Arguments.of(
            "unexpected.json",
            JsonReport.ofUnexpected(
                new IllegalStateException("postgresql://app:secret@host/shop"))),
        Arguments.of("report.txt", TextReport.of(REPORT)),
        Arguments.of("nothing.txt", TextReport.of(NOTHING)),
        Arguments.of("plan.txt", TextReport.of(PLAN)),
        Arguments.of("status.txt", TextReport.of(STATUS)),
        Arguments.of("validation.txt", TextReport.of(VALIDATION)),
        Arguments.of("failure.txt", SafeText.of(failure()) + "\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rendered")
  void isRenderedAsExpected(String file, String text) throws IOException {
    assertThat(text).isEqualTo(golden(file));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rendered")
  void showsNoSecret(String file, String text) {
    assertThat(text).doesNotContain("secret");
  }

  @Test
  void aStackTraceShowsNoSecret() {
    Exception failure = new IllegalStateException(
        "outer", new IllegalArgumentException("postgresql://app:secret@host/shop"));
    assertThat(SafeText.trace(failure))
        .contains("outer", "postgresql://app:****@host/shop", "at dev.migrator.render.ReportsTest")
        .doesNotContain("secret");
  }

  @Test
  @PostgresTest
  void theServerReadsTheJson(TestDatabase database) {
    rendered()
        .map(Arguments::get)
        .filter(a -> a[0].toString().endsWith(".json"))
        .forEach(a -> {
          assertThat(database.value("select jsonb_typeof(?::jsonb)", a[1]))
              .as(a[0].toString())
              .isEqualTo("object");
        });
  }

  private static Migration migration(String version, String name) {
    return new Migration(
        version, MigrationVersion.of(version), name, MigrationKind.VERSIONED, version + ".sql");
  }

  private static String golden(String file) throws IOException {
    try (InputStream golden = Objects.requireNonNull(
        ReportsTest.class.getResourceAsStream("/golden/render/" + file), file)) {
      return new String(golden.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
