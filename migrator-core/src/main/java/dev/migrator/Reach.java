package dev.migrator;

import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.StrongLocks;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Family;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.RelationLock;
import dev.migrator.internal.sql.structure.Structure;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a plan reaches, as far as its scripts tell.
 *
 * @param tables the relations that it names: the schema, empty where it is left out, and the name
 * @param concurrently whether it waits for older snapshots
 * @param legible whether its scripts tell all that they may remove: not where code runs, nor where what they remove has
 *     tables or columns of its own
 */
record Reach(Set<List<String>> tables, boolean concurrently, boolean legible) {

  static final Reach NOTHING = new Reach(Set.of(), false, true);

  /** A script of data may have a million statements: of those behind so many only such as lock are read. */
  private static final int READ = 2_000;

  /** What these remove may be a part of tables that they do not name. */
  private static final Set<String> WHOLESALE = Set.of(
      "DROP SCHEMA",
      "ALTER SCHEMA",
      "DROP TYPE",
      "DROP DOMAIN",
      "DROP EXTENSION",
      "ALTER EXTENSION",
      "DROP OWNED",
      "REASSIGN OWNED");

  /** Keeps a copy. */
  Reach {
    tables = Set.copyOf(tables);
  }

  static Reach of(Plan plan) {
    Set<List<String>> tables = new HashSet<>();
    boolean concurrently = false;
    boolean legible = true;
    int read = 0;
    for (Step step : plan.steps()) {
      legible &= step.work() instanceof Work.Sql;
      for (Statement statement : step.work().statements()) {
        concurrently |= !statement.runsInTransaction()
            && statement.sql().toUpperCase(Locale.ROOT).contains("CONCURRENTLY");
        if (++read > READ && !StrongLocks.mayTake(statement)) {
          legible = false;
          continue;
        }
        Structure structure = statement.structure();
        structure.relations().forEach(name -> tables.add(key(name)));
        structure.locking().locks().stream()
            .map(RelationLock::relation)
            .forEach(name -> tables.add(key(name)));
        legible &= isLegible(structure);
      }
    }
    return new Reach(tables, concurrently, legible);
  }

  /** This and another one. */
  Reach plus(Reach other) {
    Set<List<String>> both = new HashSet<>(tables);
    both.addAll(other.tables);
    return new Reach(both, concurrently || other.concurrently, legible && other.legible);
  }

  /** Whether it names a table. */
  boolean names(String schema, String table) {
    return tables.contains(List.of(schema, table)) || tables.contains(List.of("", table));
  }

  private static boolean isLegible(Structure structure) {
    return structure.isRecognised()
        && structure.family() != Family.CODE
        && structure.family() != Family.QUERY
        && !(structure.detail() instanceof Detail.Unknown)
        && !WHOLESALE.contains(structure.command());
  }

  private static List<String> key(ObjectName name) {
    String schema = name.schema();
    return List.of(schema == null ? "" : schema, name.name());
  }
}
