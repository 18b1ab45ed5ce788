package dev.migrator.internal.lint.policy;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.LintScript;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.Severity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A secret stands in a script. */
public final class SecretInScript {
  private static final Map<String, Pattern> KINDS = kinds();

  private static Map<String, Pattern> kinds() {
    Map<String, Pattern> kinds = new LinkedHashMap<>();
    kinds.put("a private key", pattern("(?<secret>-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY)"));
    kinds.put(
        "a key of AWS", pattern("(?<![A-Z0-9])(?<secret>(?:AKIA|ASIA)[A-Z0-9]{16})(?![A-Z0-9])"));
    kinds.put(
        "a token of GitHub or GitLab",
        pattern("\\b(?<secret>gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\\w{22,}|glpat-[\\w-]{20,})"));
    kinds.put("a token of Slack", pattern("\\b(?<secret>xox[abeoprs]-[A-Za-z0-9-]{10,})"));
    kinds.put("a key of Stripe", pattern("\\b(?<secret>[rs]k_live_[A-Za-z0-9]{16,})"));
    kinds.put("a key of Google", pattern("\\b(?<secret>AIza[\\w-]{35})"));
    kinds.put(
        "a signed token", pattern("\\b(?<secret>eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,})"));
    kinds.put(
        "a URL with a password",
        pattern("\\b[a-z][a-z0-9+.-]{1,20}://[^\\s:/@'\"]+:(?<secret>[^\\s@'\"/]+)@"));
    kinds.put(
        "the password of a role or a user mapping",
        pattern("(?i)\\bpassword\\s+(?:E)?'(?<secret>(?:[^']++|'')++)'"));
    kinds.put(
        "a password of a connection",
        pattern(
            "(?i)\\b(?:password|passwd|pwd|sslpassword)\\s*=\\s*(?<secret>[^\\s'\"=;,)]{3,})(?=[\\s'\";])"));
    return kinds;
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex);
  }

  private SecretInScript() {}

  /** The rule. */
  public static Rule rule() {
    return Rule.of("secret-in-script", Topic.POLICY, Severity.ERROR)
        .when("A script holds a password, a key, a token, or a URL with credentials.")
        .effect(
            "Scripts are kept in version control, in packages and in logs, and the tracking table keeps down "
                + "scripts: whoever reads one of them has the secret, and it stays in their history when the "
                + "script is mended.")
        .remedy(
            "Take it out, and count it as known to others: replace it where it is used. Set passwords "
                + "outside of migrations, or by a placeholder.")
        .looks(Each.script(SecretInScript::look));
  }

  private static void look(Overview overview) {
    String text = overview.script().text();
    Set<Integer> lines = new HashSet<>();
    for (Map.Entry<String, Pattern> kind : KINDS.entrySet()) {
      Matcher found = kind.getValue().matcher(text);
      while (found.find()) {
        SourcePosition position = position(overview.script(), found.start("secret"));
        if (!isPlaceholder(found.group("secret")) && lines.add(position.line())) {
          overview.finds(position, "Here stands " + kind.getKey() + ".");
        }
      }
    }
  }

  /** What is put in when the script runs, and what examples write. */
  private static boolean isPlaceholder(String secret) {
    return secret.contains("${") || secret.matches("[*x.<>]*|<[^>]*>|(?i)null");
  }

  private static SourcePosition position(LintScript script, int offset) {
    String before = script.text().substring(0, offset);
    int line = (int) before.chars().filter(c -> c == '\n').count();
    int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length());
    return new SourcePosition(script.path(), script.firstLine() + line, column + 1);
  }
}
