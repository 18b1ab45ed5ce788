package dev.migrator;

import dev.migrator.config.Limits;
import dev.migrator.config.Safeguards;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.internal.inspect.Checks;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What a setter accepts: each answers with the value that it was given, or refuses it with {@code CONFIGURATION_INVALID}. */
final class Checked {

  /** PostgreSQL cuts longer identifiers off (its NAMEDATALEN). */
  private static final int IDENTIFIER_BYTES = 63;

  private Checked() {}

  static List<String> locations(Collection<String> values) {
    if (values.isEmpty() || hasBlank(values)) {
      throw invalid(
          "a location must be given, and none may be blank.",
          "write locations(\"classpath:db/migration\").");
    }
    return List.copyOf(values);
  }

  /** Without a stream: every start of a process comes by here. */
  private static boolean hasBlank(Collection<String> values) {
    for (String value : values) {
      if (value.isBlank()) {
        return true;
      }
    }
    return false;
  }

  static Map<String, String> placeholders(Map<String, String> values) {
    values.forEach((name, value) -> {
      if (name.isBlank() || name.indexOf('{') >= 0 || name.indexOf('}') >= 0) {
        throw invalid(
            "a placeholder cannot be called '" + name + "'.",
            "give it a name that is not blank and has no brace in it.");
      }
      if (value.indexOf('\0') >= 0) {
        throw invalid(
            "the value of the placeholder " + name + " holds a NUL character.",
            "give another one.");
      }
    });
    return Map.copyOf(values);
  }

  static String trackingTable(String value) {
    if (value.equals(TrackingNames.DEFAULT_STEM)) {
      throw invalid(
          "the tracking table cannot be called " + value + ": what is derived from it belongs to "
              + TrackingNames.DEFAULT_TABLE + ".",
          "give another one.");
    }
    return name(value, "the tracking table's name", TrackingNames.LONGEST_TABLE);
  }

  static List<String> searchPath(String... schemas) {
    for (String schema : schemas) {
      schema(schema, "a schema of the search path");
    }
    return List.of(schemas);
  }

  static String schema(String value, String what) {
    return name(value, what, IDENTIFIER_BYTES);
  }

  /** A text of 1 to so many bytes. */
  static String name(String value, String what, int longest) {
    if (value.isBlank()
        || value.indexOf('\0') >= 0
        || value.getBytes(StandardCharsets.UTF_8).length > longest) {
      throw invalid(what + " must have 1 to " + longest + " bytes.", "give another one.");
    }
    return value;
  }

  static Duration lockWait(Duration value) {
    if (value.isNegative()) {
      throw invalid(
          "the time to wait for the lock must not be negative: " + value + ".",
          "write Duration.ofMinutes(5).");
    }
    return value;
  }

  static Limits limits(Limits limits, UnaryOperator<Limits> change) {
    try {
      return change.apply(limits);
    } catch (IllegalArgumentException e) {
      throw invalid("a limit cannot be used: " + e.getMessage() + ".", "give another time.");
    }
  }

  static Safeguards safeguards(Safeguards safeguards, UnaryOperator<Safeguards> change) {
    Safeguards changed;
    try {
      changed = change.apply(safeguards);
    } catch (IllegalArgumentException e) {
      throw invalid("a safeguard cannot be used: " + e.getMessage() + ".", "give another value.");
    }
    Set<String> disabled = new TreeSet<>(changed.preflight().disabled());
    disabled.addAll(changed.postflight().disabled());
    disabled.forEach(Checked::checkId);
    return changed;
  }

  /** A misspelt id would leave the check on, and somebody in the belief that it is off. */
  private static void checkId(String id) {
    Set<String> known = Checks.ids();
    if (!known.contains(id)) {
      throw invalid(
          "there is no check " + id + ".", "disable one of: " + String.join(", ", known) + ".");
    }
  }

  static MigrationException invalid(String problem, String advice) {
    return MigrationException.because(FailureCode.CONFIGURATION_INVALID, problem)
        .done("nothing was changed.", List.of())
        .advice(advice)
        .build();
  }

  static String digest(String value) {
    if (!Confirmation.isDigest(value)) {
      throw invalid(
          "the digest of a plan has 64 hexadecimal digits.", "copy it from what 'plan' prints.");
    }
    return value;
  }
}
