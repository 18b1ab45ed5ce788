package dev.migrator.render;

import dev.migrator.report.DataVerdict;
import dev.migrator.report.LockMode;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport;
import java.util.Locale;

/** What a verification found out, as a person reads it on a console: by the rules of {@link TextReport}. */
public final class VerifyText {

  private VerifyText() {}

  /** A table of all migrations, what is wrong with each that did not pass, and a closing line that counts. */
  public static String of(VerifyReport report) {
    StringBuilder text = new StringBuilder();
    if (!report.migrations().isEmpty()) {
      text.append(table(report));
    }
    for (VerifiedMigration migration : report.migrations()) {
      details(text, migration);
    }
    for (VerifyReport.Check check : report.checks()) {
      text.append("  ")
          .append(Printable.line(check.name()))
          .append(": ")
          .append(check.result().name().toLowerCase(Locale.ROOT))
          .append(check.took().isZero() ? "" : " (" + Findings.time(check.took()) + ")")
          .append(check.why().isEmpty() ? "" : ": " + Printable.of(check.why()).strip())
          .append('\n');
    }
    Findings.aboutRows(report)
        .forEach(line -> text.append("  Rows: ").append(line).append('\n'));
    report
        .notes()
        .forEach(note -> text.append("  Note: ").append(Printable.line(note)).append('\n'));
    return text.append(report.passed() ? "Passed: " : "Not passed: ")
        .append(Findings.counts(report))
        .append(" (")
        .append(Printable.line(report.server()))
        .append(", ")
        .append(TextReport.duration(report.duration()))
        .append(").\n")
        .toString();
  }

  /** One migration: its verdict, then everything that was found, in lines. */
  public static String of(VerifiedMigration migration) {
    return Findings.verdict(migration) + "\n" + Findings.of(migration);
  }

  private static String table(VerifyReport report) {
    TextTable table = new TextTable(
        "Version",
        "Name",
        "Rollback",
        "Rows",
        "Statements",
        "Up",
        "Down",
        "Strongest lock",
        "Rewritten");
    for (VerifiedMigration migration : report.migrations()) {
      table.row(
          migration.migration().version().text(),
          migration.migration().name(),
          migration.verdict().words(),
          migration.data() == DataVerdict.NOT_CHECKED ? "" : migration.data().words(),
          migration.complexity().statements() == 0
              ? ""
              : Integer.toString(migration.complexity().statements()),
          Findings.time(migration.up()),
          Findings.time(migration.down()),
          LockMode.inWords(migration.complexity().strongestLock()),
          String.join(", ", migration.complexity().rewrites()));
    }
    return table.text();
  }

  /** Of those that passed only why, since what is found of their rows is told once for all of them. */
  private static void details(StringBuilder text, VerifiedMigration migration) {
    String title =
        "  " + Printable.line(migration.migration().label()) + ": " + Findings.verdict(migration);
    if (!migration.passed()) {
      text.append(title).append('\n').append(Findings.of(migration).indent(4));
    } else if (!migration.why().isEmpty()) {
      text.append(title).append(": ").append(Printable.line(migration.why())).append('\n');
    }
  }
}
