package dev.migrator.render;

import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a verification found out, as the readers of test results know it: XML as Maven Surefire writes it, a test case for
 * each migration and each check. What could not be proved, though nothing is wrong, is skipped.
 */
public final class VerifyJunit {

  private static final String SUITE = "migrations";

  private final StringBuilder xml =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  private VerifyJunit() {}

  /** The document, to be written as UTF-8. */
  public static String of(VerifyReport report) {
    VerifyJunit junit = new VerifyJunit();
    junit.suite(report);
    return junit.xml.toString();
  }

  private void suite(VerifyReport report) {
    xml.append("<testsuite name=\"" + SUITE + "\" tests=\"")
        .append(report.migrations().size() + report.checks().size())
        .append("\" failures=\"")
        .append(count(report, Standing.FAILED))
        .append("\" errors=\"0\" skipped=\"")
        .append(count(report, Standing.NOT_PROVED))
        .append("\" time=\"")
        .append(seconds(report.duration()))
        .append("\">\n");
    xml.append("  <properties>\n    <property name=\"server\" value=\"")
        .append(Markup.attribute(report.server()))
        .append("\"/>\n  </properties>\n");
    for (VerifiedMigration migration : report.migrations()) {
      Duration took = migration.up().plus(migration.down()).plus(migration.again());
      begin(SUITE, migration.migration().label(), took);
      outcome(
          Standing.of(migration),
          Findings.verdict(migration),
          migration.why(),
          Findings.of(migration));
      end();
    }
    for (VerifyReport.Check check : report.checks()) {
      begin(SUITE + ".together", check.name(), check.took());
      outcome(
          Standing.of(check),
          check.result().name().toLowerCase(Locale.ROOT),
          check.why(),
          check.why());
      end();
    }
    if (!report.notes().isEmpty()) {
      // Surefire's schema has output within test cases only; readers of it skip what they do not
      // know.
      xml.append("  <!-- ").append(comment(String.join("\n", report.notes()))).append(" -->\n");
    }
    xml.append("</testsuite>\n");
  }

  private void begin(String className, String name, Duration took) {
    xml.append("  <testcase name=\"")
        .append(Markup.attribute(name))
        .append("\" classname=\"")
        .append(className)
        .append("\" time=\"")
        .append(seconds(took))
        .append("\">\n");
  }

  private void end() {
    xml.append("  </testcase>\n");
  }

  private void outcome(Standing standing, String verdict, String why, String details) {
    String message =
        why.isEmpty() ? verdict : verdict + ": " + Printable.line(why).strip();
    switch (standing) {
      case PROVED -> {
        if (!details.isEmpty()) {
          xml.append("    <system-out>").append(Markup.of(details)).append("</system-out>\n");
        }
      }
      case NOT_PROVED ->
        xml.append("    <skipped message=\"").append(Markup.attribute(message)).append("\"/>\n");
      case FAILED ->
        xml.append("    <failure message=\"")
            .append(Markup.attribute(message))
            .append("\" type=\"")
            .append(Markup.attribute(verdict))
            .append("\">")
            .append(Markup.of(details))
            .append("</failure>\n");
    }
  }

  private static long count(VerifyReport report, Standing standing) {
    return Stream.concat(
            report.migrations().stream().map(Standing::of),
            report.checks().stream().map(Standing::of))
        .filter(standing::equals)
        .count();
  }

  /** A comment must not hold two dashes in a row. */
  private static String comment(String text) {
    return Markup.of(text).replace("--", "- -").replace("--", "- -");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
  }
}
