package dev.migrator.render;

import dev.migrator.internal.schema.SnapshotComparison;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.report.Complexity;
import dev.migrator.report.DataVerdict;
import dev.migrator.report.RollbackVerdict;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifiedMigration.StatementTime;
import dev.migrator.report.VerifyReport;
import dev.migrator.report.VerifyReport.Check;
import dev.migrator.report.VerifyReport.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A verification in which everything happens that can happen, with texts that a careless report would trip over. */
final class SampleVerification {

  private SampleVerification() {}

  private static final SchemaDiff NONE = SnapshotComparison.between(snapshot(), snapshot());

  private static final SchemaDiff LEFT = SnapshotComparison.between(
      snapshot(
          column("note", Map.of("type", "text", "comment", "</pre><script>alert(1)</script>"))),
      snapshot(
          column("note", Map.of("type", "text")),
          column("price", Map.of("type", "numeric(12,2)", "default", "'```' || '| |'"))));

  private static final SchemaDiff ORDER = SnapshotComparison.between(
      snapshot(column("note", Map.of("position", "2"))),
      snapshot(column("note", Map.of("position", "4"))));

  static final VerifyReport REPORT = new VerifyReport(
      "embedded PostgreSQL 17.11",
      List.of(
          of(
              "0001",
              "create_people",
              RollbackVerdict.EXACT,
              "",
              NONE,
              DataVerdict.NOT_CHECKED,
              List.of(),
              1_200,
              14),
          of(
              "0002",
              "drop_note",
              RollbackVerdict.COLUMN_ORDER,
              "",
              ORDER,
              DataVerdict.ADDED_ONLY,
              List.of("public.odd could not be filled: its check accepts no value."),
              40,
              30),
          of(
              "0003",
              "<b>prices</b> | *bold* @ada",
              RollbackVerdict.DIFFERS,
              "",
              LEFT,
              DataVerdict.LOST,
              List.of("public.orders lost 2 of 3 rows."),
              61_000,
              12),
          of(
              "0004",
              "typo",
              RollbackVerdict.DOWN_FAILS,
              "0004_typo_rollback.sql:3:1: ERROR: table \"peeple\" does not exist\n  drop table peeple\n  ^",
              null,
              DataVerdict.NOT_CHECKED,
              List.of(),
              7,
              0),
          of(
              "0005",
              "role",
              RollbackVerdict.REAPPLY_FAILS,
              "role \"app\" exists: create role app password 'secret'",
              NONE,
              DataVerdict.NOT_CHECKED,
              List.of(),
              7,
              5),
          of(
              "0006",
              "forgotten",
              RollbackVerdict.NO_DOWN,
              "0006_forgotten_rollback.sql is missing.",
              null,
              DataVerdict.NOT_CHECKED,
              List.of(),
              9,
              0),
          of(
              "0007",
              "old",
              RollbackVerdict.LEGACY,
              "",
              null,
              DataVerdict.NOT_CHECKED,
              List.of(),
              9,
              0),
          of(
              "0008",
              "purge",
              RollbackVerdict.IRREVERSIBLE,
              "the rows\u0007 are gone \uD83D\uDE80",
              null,
              DataVerdict.NOT_CHECKED,
              List.of(),
              9,
              0),
          new VerifiedMigration(
              Migration.repeatable("views", "R__views.sql"),
              RollbackVerdict.NOT_TESTABLE,
              "A repeatable migration has no down script.",
              null,
              null,
              DataVerdict.NOT_CHECKED,
              List.of("public.odd could not be filled: its check accepts no value."),
              new Complexity(1, List.of(), "", List.of()),
              List.of(),
              Duration.ofMillis(3),
              Duration.ZERO,
              Duration.ZERO)),
      List.of(
          new Check("a second run does nothing", Result.PASSED, "", Duration.ofMillis(8)),
          new Check(
              "all down to an empty database",
              Result.SKIPPED,
              "0006 and 0007 have no down script.",
              Duration.ZERO),
          new Check(
              "the same schema when applied twice",
              Result.FAILED,
              "view public.today differs -- or does --- it?",
              Duration.ofMillis(2_100))),
      List.of("0003 took 1 min 1 s; postgresql://ada:secret@host/shop was not asked."),
      Duration.ofMillis(65_432));

  static final VerifyReport PASSED = new VerifyReport(
      "embedded PostgreSQL 17.11",
      List.of(REPORT.migrations().get(0)),
      List.of(REPORT.checks().get(0)),
      List.of(),
      Duration.ofMillis(2_345));

  static final VerifyReport NOTHING = new VerifyReport(
      "embedded PostgreSQL 17.11", List.of(), List.of(), List.of(), Duration.ofMillis(1_234));

  private static VerifiedMigration of(
      String version,
      String name,
      RollbackVerdict verdict,
      String why,
      @Nullable SchemaDiff afterDown,
      DataVerdict data,
      List<String> findings,
      long up,
      long down) {
    return new VerifiedMigration(
        new Migration(
            version,
            MigrationVersion.of(version),
            name,
            MigrationKind.VERSIONED,
            version + "_" + name + ".sql"),
        verdict,
        why,
        afterDown,
        verdict == RollbackVerdict.EXACT ? NONE : null,
        data,
        findings,
        new Complexity(
            2,
            List.of("public.orders", "public.person"),
            "AccessExclusiveLock",
            up > 60_000 ? List.of("public.orders") : List.of()),
        up > 1_000
            ? List.of(
                new StatementTime(3, "alter table orders add column", Duration.ofMillis(up - 20)),
                new StatementTime(9, "create role app password 'secret'", Duration.ofMillis(12)))
            : List.of(),
        Duration.ofMillis(up),
        Duration.ofMillis(down),
        verdict == RollbackVerdict.EXACT ? Duration.ofMillis(900) : Duration.ZERO);
  }

  private static SchemaObject column(String name, Map<String, String> attributes) {
    return SchemaObject.of(SchemaObjectKind.COLUMN, "public.orders", name, attributes);
  }

  private static SchemaSnapshot snapshot(SchemaObject... objects) {
    return new SchemaSnapshot(SchemaFlavour.STRICT, 17, List.of("public"), List.of(objects));
  }
}
