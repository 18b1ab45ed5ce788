package dev.migrator.internal.execute;

import dev.migrator.config.Limits;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.plan.Evidence;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.Directives;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.JournalEntry.CatalogBefore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement that runs in no transaction of ours.
 *
 * @param statement the statement
 * @param evidence what tells whether it has happened
 * @param before what the catalog held before it
 * @param timeouts the time-outs around it, by name
 */
record LoneStatement(
    Statement statement, Evidence evidence, CatalogBefore before, Map<String, Duration> timeouts) {

  /**
   * The time-outs around a statement; none for CONCURRENTLY. What may have done a part before it is cut has only those that
   * its author wrote, for then a human would have to look; and what the script has set itself stays.
   *
   * @param earlier the statements of the script before it
   */
  static Map<String, Duration> timeouts(
      Step step, Statement statement, List<Statement> earlier, Limits limits) {
    Evidence evidence = Evidence.of(statement.structure());
    Map<String, Duration> timeouts = new LinkedHashMap<>();
    if (!isConcurrent(evidence)) {
      boolean byDefault = mayRepeat(statement, evidence);
      Directives directives = step.work().directives();
      put(
          timeouts,
          "lock_timeout",
          directives.lockTimeout(),
          byDefault ? limits.lockTimeout() : Duration.ZERO);
      put(
          timeouts,
          "statement_timeout",
          directives.statementTimeout(),
          byDefault ? limits.statementTimeout() : Duration.ZERO);
      earlier.forEach(other -> timeouts.keySet().removeAll(other.settings()));
    }
    return timeouts;
  }

  /** Sets them for the session, where it has none. */
  static List<Command> begin(Map<String, Duration> timeouts) {
    return timeouts.entrySet().stream()
        .map(entry -> ScriptSettings.begin(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Takes them away again. */
  List<Command> end() {
    return timeouts.entrySet().stream()
        .map(entry -> ScriptSettings.end(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Whether it may have committed a part of its work before it failed, so that nobody can tell what there is of it. */
  boolean mayHaveHappenedInPart() {
    return evidence instanceof Evidence.None && statement.mayEndTransaction();
  }

  /** Whether it can simply be sent once more after it has failed. */
  boolean mayRepeat() {
    return mayRepeat(statement, evidence);
  }

  /** Whether one that fails has done nothing, or nothing that doing it again would not do. */
  private static boolean mayRepeat(Statement statement, Evidence evidence) {
    return (evidence instanceof Evidence.Repeatable || evidence instanceof Evidence.Presence)
        && Progress.leavesNothing(List.of(statement));
  }

  /** One that is cut leaves an INVALID index, or a partition that is detached by half. */
  private static boolean isConcurrent(Evidence evidence) {
    return evidence instanceof Evidence.IndexBuilt
        || evidence instanceof Evidence.IndexGone
        || evidence instanceof Evidence.IndexesRebuilt
        || evidence instanceof Evidence.PartitionDetached;
  }

  private static void put(
      Map<String, Duration> timeouts, String name, @Nullable Duration asked, Duration otherwise) {
    Duration time = Objects.requireNonNullElse(asked, otherwise);
    if (!time.isZero()) {
      timeouts.put(name, time);
    }
  }
}
