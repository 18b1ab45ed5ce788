package dev.migrator.internal.inspect;

import dev.migrator.report.CheckReport.Phase;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The catalogue of all checks, in the order in which they are asked. */
public final class Checks {

  /** Answered by whoever knows the plan. */
  public static final Check PENDING = elsewhere(
      "pending",
      Set.of(Phase.PREFLIGHT),
      "What is pending?",
      "scripts and database disagree",
      "",
      "'migrator validate' tells what disagrees and what to do about it.");

  /** Answered by whoever reads the schema. */
  public static final Check SCHEMA_DRIFT = elsewhere(
      "schema-drift",
      Set.of(Phase.PREFLIGHT),
      "Is the schema what the last run left?",
      "",
      "it is not",
      "look at what differs (migrator drift), and bring it into a migration or undo it.");

  /** Answered by whoever reads the schema. */
  public static final Check SCHEMA_CHECKSUM = elsewhere(
      "schema-checksum",
      Set.of(Phase.POSTFLIGHT),
      "What is the schema's fingerprint?",
      "asked by itself: it is not what the last run recorded",
      "",
      "look at what differs (migrator drift), and bring it into a migration or undo it.");

  /** All of them. */
  public static final List<Check> ALL = List.of(
      ServerChecks.CONNECTION,
      ServerChecks.VERSION,
      ServerChecks.WRITABLE,
      ServerChecks.PRIVILEGES,
      PENDING,
      SCHEMA_DRIFT,
      SessionChecks.ADVISORY_LOCK,
      SessionChecks.LONG_TRANSACTIONS,
      SessionChecks.BLOCKING_LOCKS,
      SessionChecks.PREPARED_TRANSACTIONS,
      SessionChecks.CONNECTIONS,
      ConditionChecks.DATABASE_SIZE,
      ConditionChecks.SCHEMA_SIZES,
      ConditionChecks.TABLE_SIZES,
      ConditionChecks.WRAPAROUND,
      IndexChecks.INVALID_BEFORE,
      ConditionChecks.REPLICATION,
      ConditionChecks.DISK,
      ExpectationChecks.CLEAN,
      SCHEMA_CHECKSUM,
      ConstraintChecks.FOREIGN_KEYS,
      ConstraintChecks.ORPHANS,
      ConstraintChecks.UNVALIDATED_CONSTRAINTS,
      IndexChecks.INVALID_AFTER,
      IndexChecks.NEW,
      IndexChecks.UNUSED,
      ExpectationChecks.EXPECTED,
      ExpectationChecks.KEPT,
      ExpectationChecks.QUERIES);

  private Checks() {}

  /** Those of a phase, without those that are disabled. */
  public static List<Check> of(Phase phase, Set<String> disabled) {
    return ALL.stream()
        .filter(check -> check.phases().contains(phase) && !disabled.contains(check.id()))
        .toList();
  }

  /** The ids of a phase, in order. */
  public static Set<String> ids(Phase phase) {
    return of(phase, Set.of()).stream()
        .map(Check::id)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The ids of both phases, in order; some are in both. */
  public static Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>(ids(Phase.PREFLIGHT));
    ids.addAll(ids(Phase.POSTFLIGHT));
    return ids;
  }

  private static Check elsewhere(
      String id, Set<Phase> phases, String question, String fails, String warns, String advice) {
    return new Check(
        id,
        phases,
        question,
        fails,
        warns,
        advice,
        "",
        inquiry -> Answer.notAsked("nobody was there to answer", advice));
  }
}
