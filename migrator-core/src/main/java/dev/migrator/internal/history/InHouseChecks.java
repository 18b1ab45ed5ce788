package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The CHECK constraints of an in-house table, asked beforehand what they would say to the rows that Migrator writes. */
final class InHouseChecks {

  private static final Logger LOG = LoggerFactory.getLogger(InHouseChecks.class);

  private static final String CHECKS = """
      SELECT k.conname, pg_catalog.pg_get_expr(k.conbin, k.conrelid)
        FROM pg_catalog.pg_constraint k
       WHERE k.contype = 'c' AND k.conrelid = pg_catalog.to_regclass($1::text)
       ORDER BY k.conname
      """;

  private static final String STATUS_CHECKS = """
      SELECT
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum]
       WHERE k.contype = 'c' AND k.conrelid = pg_catalog.to_regclass($1::text) AND a.attname = 'status'
      """;

  private static final String NOW = "pg_catalog.clock_timestamp()";
  private static final String CHECKSUM = "pg_catalog.repeat('0', 64)";

  private InHouseChecks() {}

  /** Whether the column {@code status} has a constraint of its own. */
  static boolean limitStatus(Session session, InHouseTable table) {
    return !session.query(Command.of(STATUS_CHECKS, table.name()), row -> true).isEmpty();
  }

  /** What the tracking table would refuse. */
  static List<String> ofMigrations(Session session, InHouseTable table) {
    Map<String, Map<String, String>> samples = new LinkedHashMap<>();
    for (String status : List.of("pending", "running", "failed", "completed")) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("version", "'1'");
      values.put("name", "'a'");
      values.put("script", "'1_a.sql'");
      values.put("checksum", CHECKSUM);
      values.put("status", "'" + status + "'");
      if (!status.equals("pending")) {
        values.put("applied_by", "'a'");
      }
      if (status.equals("failed")) {
        values.put("error_message", "'e'");
      }
      if (status.equals("completed")) {
        values.put("applied_at", NOW);
        values.put("execution_time_ms", "0");
      }
      samples.put("the status '" + status + "'", values);
    }
    return refusals(session, table, samples);
  }

  /** What the history would refuse. */
  static List<String> ofHistory(Session session, InHouseTable table) {
    Map<String, Map<String, String>> samples = new LinkedHashMap<>();
    for (String action : List.of("apply", "rollback", "baseline", "repair")) {
      for (String status : List.of("success", "failed")) {
        Map<String, String> values = row(action, status);
        values.put("version", "'1'");
        values.put("name", "'a'");
        values.put("checksum", CHECKSUM);
        samples.put(label(action, status), values);
      }
    }
    // A preflight that was forced and a backup are of the database, not of a migration.
    samples.put(label("preflight", "failed"), row("preflight", "failed"));
    samples.put(label("backup", "success"), row("backup", "success"));
    return refusals(session, table, samples);
  }

  private static String label(String action, String status) {
    return "the action '" + action + "' with the status '" + status + "'";
  }

  private static Map<String, String> row(String action, String status) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("action", "'" + action + "'");
    values.put("status", "'" + status + "'");
    values.put("executed_at", NOW);
    values.put("executed_by", "'a'");
    values.put("environment", "'production'");
    values.put("execution_time_ms", "0");
    if (status.equals("failed")) {
      values.put("error_message", "'e'");
    }
    return values;
  }

  private static List<String> refusals(
      Session session, InHouseTable table, Map<String, Map<String, String>> samples) {
    List<String> problems = new ArrayList<>();
    List<List<String>> checks =
        session.query(Command.of(CHECKS, table.name()), row -> List.of(row.text(1), row.text(2)));
    for (List<String> check : checks) {
      String refused = String.join(", ", refused(session, table, check.get(1), samples));
      if (!refused.isEmpty()) {
        String name = Identifiers.quote(check.get(0));
        problems.add("the constraint " + name + " of " + table.name() + " refuses " + refused
            + ": CHECK " + check.get(1) + ". Drop or widen it: ALTER TABLE " + table.name()
            + " DROP CONSTRAINT " + name);
      }
    }
    return problems;
  }

  private static List<String> refused(
      Session session,
      InHouseTable table,
      String expression,
      Map<String, Map<String, String>> samples) {
    List<String> labels = List.copyOf(samples.keySet());
    String rows = IntStream.range(0, labels.size())
        .mapToObj(i -> "SELECT " + i + " AS \"migrator sample\", "
            + table.sample(samples.getOrDefault(labels.get(i), Map.of())))
        .collect(Collectors.joining("\nUNION ALL\n"));
    String sql = "SELECT \"migrator sample\" FROM (" + rows + ") sample WHERE (" + expression
        + ") IS FALSE ORDER BY 1";
    List<String> refused = new ArrayList<>();
    try {
      session
          .query(Command.of(sql), row -> (int) row.number(1))
          .forEach(i -> refused.add(labels.get(i)));
    } catch (CommandFailedException e) {
      // It may name the row as a whole, which a sample is not; then the first row tells.
      LOG.debug("{} was not evaluated: {}", expression, e.error().message());
    }
    return refused;
  }
}
