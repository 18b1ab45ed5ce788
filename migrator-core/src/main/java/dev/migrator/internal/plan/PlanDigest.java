package dev.migrator.internal.plan;

import dev.migrator.config.TransactionMode;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.Checksum;
import java.util.List;

/**
 * What names exactly one plan: SHA-256 over everything that decides what the server is sent, in hexadecimal digits. A script's
 * checksum alone does not: placeholders change what is sent, a file beside the script the transaction around it, and a
 * half-way migration goes on in its middle. Line ends count no more than in checksums.
 */
final class PlanDigest {

  private final StringBuilder text = new StringBuilder("migrator plan 1\n");

  private PlanDigest() {}

  static String of(Plan plan, TransactionMode mode, List<String> searchPath, String timeZone) {
    PlanDigest digest = new PlanDigest();
    digest.line("transactions", mode.name());
    searchPath.forEach(schema -> digest.line("search path", schema));
    digest.line("time zone", timeZone);
    plan.steps().forEach(digest::add);
    return Checksum.of(digest.text.toString()).value();
  }

  private void add(Step step) {
    line("step", step.action().stored());
    line("migration", step.migration().id());
    line("script", checksum(step.checksum()));
    line("transactional", Boolean.toString(step.isTransactional()));
    line("by itself", Boolean.toString(step.work().hasStatementTransactions()));
    line("finished", Integer.toString(step.finished()));
    Step.DownScript down = step.down();
    if (down != null) {
      line("down", checksum(down.checksum()));
    }
    for (Statement statement : step.work().statements()) {
      line("statement", Checksum.of(statement.sql()).value());
    }
  }

  private static String checksum(Checksum checksum) {
    return checksum.algorithm() + ':' + checksum.value();
  }

  /** Each line says what it is, and how long: no value can pass for two. */
  private void line(String name, String value) {
    text.append(name)
        .append(' ')
        .append(value.length())
        .append(' ')
        .append(value)
        .append('\n');
  }
}
