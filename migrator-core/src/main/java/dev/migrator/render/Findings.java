package dev.migrator.render;

import dev.migrator.report.DataVerdict;
import dev.migrator.report.RollbackVerdict;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sentences that every report of a verification has. */
final class Findings {

  private Findings() {}

  /** What was found out about a migration beyond its verdict: lines, each ended by a newline; empty when there is nothing. */
  static String of(VerifiedMigration migration) {
    StringBuilder text = new StringBuilder();
    if (!migration.why().isEmpty()) {
      text.append(Printable.of(migration.why()).stripTrailing()).append('\n');
    }
    for (String finding : migration.dataFindings()) {
      text.append("Rows: ").append(Printable.line(finding)).append('\n');
    }
    diff(
        text, "After its down script, compared with before it was applied:", migration.afterDown());
    diff(text, "After it was applied again, compared with the first time:", migration.afterAgain());
    return text.toString();
  }

  private static void diff(StringBuilder text, String heading, @Nullable SchemaDiff diff) {
    if (diff != null && !diff.isEmpty()) {
      text.append(heading).append('\n').append(SchemaDiffText.of(diff).indent(2));
    }
  }

  /** What was found out about the rows of migrations that passed, each once, with how many migrations it was found of. */
  static List<String> aboutRows(VerifyReport report) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    report.migrations().stream()
        .filter(VerifiedMigration::passed)
        .flatMap(migration -> migration.dataFindings().stream().distinct())
        .forEach(finding -> counts.merge(Printable.line(finding), 1, Integer::sum));
    List<String> lines = new ArrayList<>();
    counts.forEach((finding, count) ->
        lines.add(count == 1 ? finding : finding + " (" + count + " migrations)"));
    return lines;
  }

  /** How many migrations have which verdict: {@code 3 exact, 1 differs; rows: 1 lost}. */
  static String counts(VerifyReport report) {
    if (report.migrations().isEmpty()) {
      return "no migrations";
    }
    String schema = Arrays.stream(RollbackVerdict.values())
        .filter(verdict -> count(report, verdict) > 0)
        .map(verdict -> count(report, verdict) + " " + verdict.words())
        .collect(Collectors.joining(", "));
    // Without them, a page of nothing but exact ones would not tell why it has not passed.
    String rows = Arrays.stream(DataVerdict.values())
        .filter(verdict -> !verdict.passed() && count(report, verdict) > 0)
        .map(verdict -> count(report, verdict) + " " + verdict.words())
        .collect(Collectors.joining(", "));
    return rows.isEmpty() ? schema : schema + "; rows: " + rows;
  }

  static long count(VerifyReport report, DataVerdict verdict) {
    return report.migrations().stream().filter(m -> m.data() == verdict).count();
  }

  static long count(VerifyReport report, RollbackVerdict verdict) {
    return report.migrations().stream().filter(m -> m.verdict() == verdict).count();
  }

  /** The verdict, and what became of rows where they are what failed. */
  static String verdict(VerifiedMigration migration) {
    String verdict = migration.verdict().words();
    return migration.data().passed()
        ? verdict
        : verdict + ", rows " + migration.data().words();
  }

  /** A time that was taken; empty where nothing ran. */
  static String time(Duration duration) {
    return duration.isZero() ? "" : TextReport.duration(duration);
  }
}
