package dev.migrator.verify;

import dev.migrator.report.DataVerdict;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport;
import java.util.Locale;

/** A report in lines that a test compares; times left out, those in names too. */
final class Told {

  private Told() {}

  static String of(VerifyReport report) {
    StringBuilder text = new StringBuilder();
    for (VerifiedMigration migration : report.migrations()) {
      line(text, migration.migration().label(), migration.verdict().words(), migration.why());
      if (migration.data() != DataVerdict.NOT_CHECKED) {
        line(text, "  rows", migration.data().words(), "");
      }
      migration
          .dataFindings()
          .forEach(finding -> text.append("  ").append(finding).append('\n'));
    }
    for (VerifyReport.Check check : report.checks()) {
      line(text, check.name(), check.result().name().toLowerCase(Locale.ROOT), check.why());
    }
    report.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
    text.append(report.passed() ? "passed\n" : "not passed\n");
    return text.toString().replaceAll("_[0-9]{6,}", "_<time>");
  }

  private static void line(StringBuilder text, String what, String result, String why) {
    text.append(what).append(": ").append(result);
    text.append(why.isEmpty() ? "" : ": ").append(why).append('\n');
  }
}
