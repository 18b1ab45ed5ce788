package dev.migrator.render;

import dev.migrator.report.LintReport;
import dev.migrator.report.Severity;
import dev.migrator.report.Violation;
import java.util.function.UnaryOperator;

/** What the lint found as annotations of a GitHub workflow: commands on standard output that show it beside the lines of a pull request. */
public final class LintGithub {

  private LintGithub() {}

  /**
   * One line for every finding that is not allowed.
   *
   * @param path where the repository has a script, by its path within its location
   */
  public static String of(LintReport report, UnaryOperator<String> path) {
    StringBuilder text = new StringBuilder();
    for (Violation violation : report.violations()) {
      if (!violation.isAllowed()) {
        text.append("::")
            .append(command(violation.severity()))
            .append(" file=")
            .append(property(path.apply(violation.position().script())))
            .append(",line=")
            .append(violation.position().line())
            .append(",col=")
            .append(violation.position().column())
            .append(",title=")
            .append(property(violation.rule()))
            .append("::")
            .append(message(
                violation.message() + "\n" + violation.effect() + "\n" + violation.remedy()))
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String command(Severity severity) {
    return switch (severity) {
      case NOTE -> "notice";
      case WARNING -> "warning";
      case ERROR -> "error";
    };
  }

  private static String message(String text) {
    return Printable.of(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return message(text).replace(":", "%3A").replace(",", "%2C");
  }
}
