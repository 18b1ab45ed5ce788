package dev.migrator.internal.sql;

import dev.migrator.internal.sql.Directives.Allowance;
import dev.migrator.internal.sql.Directives.Irreversible;
import dev.migrator.internal.sql.Directives.Said;
import dev.migrator.internal.sql.Directives.Transaction;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads directives in line comments: {@code -- migrator: transaction=off lock-timeout=3s}, and what other tools write for
 * the same: {@code -- atlas:txmode none} and sqlx's {@code -- no-transaction} in the first line.
 */
final class DirectiveReader {

  private static final Pattern OURS = Pattern.compile(
      "[-\\s\u00A0]*migrator(\\s*:)?\\s*(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ATLAS = Pattern.compile("\\s*atlas:(txmode|delimiter)\\s+(.*?)\\s*");
  private static final Pattern SQLX = Pattern.compile("\\s*no-transaction\\b.*", Pattern.DOTALL);
  private static final Pattern SETTING = Pattern.compile("([A-Za-z_-]+)\\s*=\\s*([^\\s,]+)[\\s,]*");
  private static final Pattern IRREVERSIBLE =
      Pattern.compile("irreversible\\b(?:\\s+because\\s+(.+))?.*", Pattern.DOTALL);
  private static final Pattern ALLOW =
      Pattern.compile("allow\\b(?:\\s+([a-z][a-z0-9-]*)\\s+because\\s+(.+))?.*", Pattern.DOTALL);
  private static final Pattern SETTING_IN_REASON =
      Pattern.compile("\\b(?:transaction|lock-timeout|statement-timeout)\\s*=");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|min|h|d)?");

  private static final String TRANSACTION = "transaction";
  private static final String LOCK_TIMEOUT = "lock-timeout";
  private static final String STATEMENT_TIMEOUT = "statement-timeout";
  static final List<String> NAMES =
      List.of(TRANSACTION, LOCK_TIMEOUT, STATEMENT_TIMEOUT, "irreversible", "allow");
  private static final Map<String, Duration> UNITS = Map.of(
      "ms", Duration.ofMillis(1),
      "s", Duration.ofSeconds(1),
      "min", Duration.ofMinutes(1),
      "h", Duration.ofHours(1),
      "d", Duration.ofDays(1));

  private @Nullable Transaction transaction;
  private @Nullable Duration lockTimeout;
  private @Nullable Duration statementTimeout;
  private @Nullable Irreversible irreversible;
  private final List<Allowance> allowances = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();

  Directives directives() {
    return new Directives(
        transaction, lockTimeout, statementTimeout, irreversible, allowances, said);
  }

  /** Whether a comment may be a directive, at a glance; nearly none is. */
  boolean concerns(ScriptBytes bytes, int index) {
    int i = index;
    while (bytes.at(i) == ' ' || bytes.at(i) == '\t') {
      i++;
    }
    int c = bytes.at(i);
    return c == 'm' || c == 'M' || c == 'a' || c == 'n' || c == '-' || c == 0xC2;
  }

  /**
   * Reads a comment.
   *
   * @param text what follows its two dashes
   * @throws MigrationException {@code SCRIPT_UNREADABLE} for a directive that does not exist or says nothing that can be
   *     understood, or that contradicts an earlier one
   */
  void comment(String text, SourcePosition position) {
    Matcher ours = OURS.matcher(text);
    if (ours.matches()) {
      String directive = ours.group(2).strip();
      if (ours.group(1) != null) {
        ours(directive, position);
        said.add(new Said(text.strip(), position));
      } else if (NAMES.stream().anyMatch(directive.toLowerCase(Locale.ROOT)::startsWith)) {
        throw unreadable(
            position,
            "'migrator " + directive + "' looks like a directive, and is none without the colon.",
            "write -- migrator: " + directive + ".");
      }
      return;
    }
    Matcher atlas = ATLAS.matcher(text);
    if (atlas.matches()) {
      atlas(atlas.group(1), atlas.group(2), position);
      said.add(new Said(text.strip(), position));
    } else if (position.line() == 1 && SQLX.matcher(text).matches()) {
      transaction(false, "no-transaction", position);
      said.add(new Said(text.strip(), position));
    }
  }

  private void atlas(String name, String value, SourcePosition position) {
    if (name.equals("delimiter")) {
      throw unreadable(
          position,
          "atlas:delimiter changes where statements end; here they end at semicolons, as for PostgreSQL.",
          "end the statements with semicolons and remove the line.");
    }
    if (!value.equals("none") && !value.equals("file") && !value.equals("all")) {
      throw unreadable(
          position,
          "atlas:txmode is none, file or all, not '" + value + "'.",
          "write one of them.");
    }
    transaction(!value.equals("none"), "atlas:txmode " + value, position);
  }

  private void ours(String directive, SourcePosition position) {
    Matcher allow = ALLOW.matcher(directive);
    Matcher irreversibly = IRREVERSIBLE.matcher(directive);
    if (allow.matches()) {
      if (allow.group(1) == null) {
        throw incomplete(directive, "-- migrator: allow <rule> because <reason>", position);
      }
      allowances.add(new Allowance(allow.group(1), reason(allow.group(2), position), position));
    } else if (irreversibly.matches()) {
      if (irreversibly.group(1) == null) {
        throw incomplete(directive, "-- migrator: irreversible because <reason>", position);
      }
      String reason = reason(irreversibly.group(1), position);
      once(irreversible == null ? null : irreversible.reason(), reason, "irreversible", position);
      irreversible = new Irreversible(reason, position);
    } else {
      settings(directive, position);
    }
  }

  /** A setting in it would look as if it counted. */
  private static String reason(String text, SourcePosition position) {
    if (SETTING_IN_REASON.matcher(text).find()) {
      throw unreadable(
          position,
          "a setting stands in the reason '" + text.strip() + "', where it has no effect.",
          "write it in a directive of its own, on another line.");
    }
    return text.strip();
  }

  private void settings(String directive, SourcePosition position) {
    Matcher setting = SETTING.matcher(directive);
    int at = 0;
    while (setting.find() && setting.start() == at) {
      setting(setting.group(1), setting.group(2), position);
      at = setting.end();
    }
    if (at < directive.length() || directive.isEmpty()) {
      String word = directive.substring(at).split("[\\s=]", 2)[0];
      throw unknown(word, position);
    }
  }

  private void setting(String name, String value, SourcePosition position) {
    switch (name) {
      case TRANSACTION ->
        transaction(onOrOff(value, position), "migrator: transaction=" + value, position);
      case LOCK_TIMEOUT ->
        lockTimeout = once(lockTimeout, duration(value, position), name, position);
      case STATEMENT_TIMEOUT ->
        statementTimeout = once(statementTimeout, duration(value, position), name, position);
      default -> throw unknown(name, position);
    }
  }

  private void transaction(boolean on, String words, SourcePosition position) {
    if (transaction != null && transaction.on() != on) {
      throw unreadable(
          position,
          "'" + words + "' contradicts '" + transaction.words() + "' at " + transaction.position()
              + ".",
          "keep one of them.");
    }
    transaction = new Transaction(on, words, position);
  }

  private static boolean onOrOff(String value, SourcePosition position) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default ->
        throw unreadable(
            position, "transaction is 'on' or 'off', not '" + value + "'.", "write one of them.");
    };
  }

  private static Duration duration(String value, SourcePosition position) {
    Matcher duration = DURATION.matcher(value);
    if (!duration.matches() || duration.group(2) == null && !duration.group(1).equals("0")) {
      throw unreadable(
          position,
          "'" + value + "' is no time.",
          "write a number and its unit: 500ms, 3s, 10min, 1h; 0 for none.");
    }
    Duration unit =
        UNITS.getOrDefault(duration.group(2) == null ? "ms" : duration.group(2), Duration.ZERO);
    Duration time = unit.multipliedBy(Long.parseLong(duration.group(1)));
    if (time.toMillis() > Integer.MAX_VALUE) {
      throw unreadable(
          position,
          "'" + value + "' is longer than PostgreSQL can wait, which is about 24 days.",
          "write less, or 0 for no limit.");
    }
    return time;
  }

  private static <T> T once(@Nullable T before, T now, String name, SourcePosition position) {
    if (before != null && !before.equals(now)) {
      throw unreadable(
          position, "'" + name + "' is said twice, and differently.", "keep one of them.");
    }
    return now;
  }

  private MigrationException incomplete(String directive, String form, SourcePosition position) {
    return unreadable(position, "'" + directive + "' is incomplete.", "write " + form + ".");
  }

  private static MigrationException unknown(String name, SourcePosition position) {
    String nearest = NearestWord.to(name, NAMES)
        .map(known -> "did you mean '" + known + "'? ")
        .orElse("");
    return unreadable(
        position,
        "there is no directive '" + name + "'.",
        nearest + "The directives are " + String.join(", ", NAMES) + ".");
  }

  private static MigrationException unreadable(
      SourcePosition position, String problem, String advice) {
    return MigrationException.because(FailureCode.SCRIPT_UNREADABLE, problem)
        .at(position)
        .done("nothing was run.", List.of())
        .advice(advice)
        .build();
  }
}
