package dev.migrator.internal.trace;

import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.internal.trace.Moment.Relation;
import dev.migrator.report.LockMode;
import dev.migrator.report.TracedLock;
import dev.migrator.report.TracedRelation;
import dev.migrator.report.TracedRelation.Kind;
import dev.migrator.report.TracedScan;
import dev.migrator.report.TracedStatement;
import dev.migrator.report.TracedStatement.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a statement made another, read from the moments around it.
 *
 * @param first before the first statement of its migration: what was made since is nobody else's yet
 * @param before before it
 * @param after after it
 * @param statement the statement
 */
record Difference(Moment first, Moment before, Moment after, Statement statement) {

  private static final String QUERY = "scans: they are the planner's choice, and say nothing here";

  private static final String OUTSIDE =
      "scans, and locks that it took and gave up at once: it was watched from another session";

  /** The locks that it added, or made stronger, to those of its transaction. */
  Map<Long, LockMode> newLocks(Map<Long, LockMode> now) {
    Map<Long, LockMode> added = new HashMap<>();
    now.forEach((oid, mode) -> {
      LockMode had = before.locks().get(oid);
      if (had == null || mode.compareTo(had) > 0) {
        added.put(oid, mode);
      }
    });
    return added;
  }

  /**
   * The statement as it is told.
   *
   * @param locks its locks by oid
   */
  TracedStatement traced(Manner manner, Map<Long, LockMode> locks, Duration took) {
    Structure structure = statement.structure();
    boolean readsByPlan = readsByPlan(structure);
    boolean empties = structure.detail() instanceof Detail.Truncate;
    return new TracedStatement(
        statement.position(),
        statement.beginning(),
        manner,
        locks(locks),
        empties ? List.of() : rewritten(),
        readsByPlan || manner == Manner.WATCHED ? List.of() : scans(),
        created(),
        dropped(),
        invalid(),
        manner == Manner.WATCHED ? OUTSIDE : readsByPlan ? QUERY : "",
        took);
  }

  /** Whether what it reads depends on a plan, which is another one where there are more rows. */
  private static boolean readsByPlan(Structure structure) {
    return switch (structure.family()) {
      case DML, QUERY, COPY, CURSOR, CODE, UNKNOWN ->
        !(structure.detail() instanceof Detail.Truncate);
      case MAINTENANCE -> structure.command().startsWith("REFRESH");
      case DDL ->
        structure.detail() instanceof Create.View view
                && view.type() == ObjectType.MATERIALIZED_VIEW
            || structure.detail() instanceof Create.Table table && table.query() != null;
      default -> false;
    };
  }

  private List<TracedLock> locks(Map<Long, LockMode> locks) {
    List<TracedLock> told = new ArrayList<>();
    locks.forEach((oid, mode) -> {
      Relation relation = first.relations().get(oid);
      if (relation != null) {
        told.add(new TracedLock(traced(relation), mode));
      }
    });
    told.sort(Comparator.comparing(TracedLock::mode)
        .reversed()
        .thenComparing(lock -> lock.relation().kind())
        .thenComparing(lock -> lock.relation().name()));
    return told;
  }

  /** New files, except where nothing was written: an index that a change of type keeps gets a new oid with the old file. */
  private List<TracedRelation> rewritten() {
    return told(existing().filter(relation -> relation.kind() != Kind.SEQUENCE), relation -> {
      Relation now = after.relations().get(relation.oid());
      if (now == null && relation.kind().isIndex()) {
        now = after.indexNamed(relation.name());
      }
      Relation then = before.relations().get(relation.oid());
      if (then == null && relation.kind().isIndex()) {
        then = before.indexNamed(relation.name());
        now = after.indexNamed(relation.name());
      }
      return now != null && then != null && now.file() != then.file();
    });
  }

  private List<TracedScan> scans() {
    List<TracedScan> scans = new ArrayList<>();
    existing().forEach(relation -> {
      Relation now = after.relations().get(relation.oid());
      Relation then = before.relations().get(relation.oid());
      if (now != null && then != null && now.read() > then.read()) {
        scans.add(new TracedScan(traced(relation), now.read() - then.read()));
      }
    });
    scans.sort(Comparator.comparing(scan -> scan.table().name()));
    return scans;
  }

  private List<TracedRelation> created() {
    return told(
        after.relations().values().stream().filter(this::isOnOldTable),
        index -> !before.relations().containsKey(index.oid())
            && before.indexNamed(index.name()) == null);
  }

  private List<TracedRelation> dropped() {
    return told(
        before.relations().values().stream().filter(this::isOnOldTable),
        index -> !after.relations().containsKey(index.oid())
            && after.indexNamed(index.name()) == null
            && after.relations().containsKey(index.table()));
  }

  private List<TracedRelation> invalid() {
    return told(after.relations().values().stream().filter(this::isOnOldTable), index -> {
      Relation then = before.relations().get(index.oid());
      return !index.valid() && (then == null || then.valid());
    });
  }

  private boolean isOnOldTable(Relation relation) {
    return relation.kind().isIndex() && first.relations().containsKey(relation.table());
  }

  private Stream<Relation> existing() {
    return first.relations().values().stream();
  }

  private static List<TracedRelation> told(Stream<Relation> relations, Predicate<Relation> which) {
    return relations
        .filter(which)
        .map(Difference::traced)
        .sorted(Comparator.comparing(TracedRelation::kind).thenComparing(TracedRelation::name))
        .toList();
  }

  private static TracedRelation traced(Relation relation) {
    return new TracedRelation(relation.name(), relation.kind());
  }
}
