package dev.migrator.render;

import dev.migrator.report.Action;
import dev.migrator.report.LockMode;
import dev.migrator.report.TraceReport;
import dev.migrator.report.TracedLock;
import dev.migrator.report.TracedMigration;
import dev.migrator.report.TracedRelation;
import dev.migrator.report.TracedScan;
import dev.migrator.report.TracedStatement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** What migrations did on a throw-away database, as a person reads it on a console: by the rules of {@link TextReport}. */
public final class TraceText {

  /** How many relations a line names. */
  private static final int SHOWN = 8;

  private TraceText() {}

  /** Every migration with its statements, and a closing line. */
  public static String of(TraceReport report) {
    StringBuilder text = new StringBuilder();
    report.migrations().forEach(migration -> migration(text, migration));
    report
        .notes()
        .forEach(note -> text.append("  Note: ").append(Printable.line(note)).append('\n'));
    int count = report.migrations().size();
    return text.append(
            count == 0
                ? "Nothing to trace"
                : count + " migration" + (count == 1 ? "" : "s") + " traced")
        .append(report.failure().isPresent() ? ", the last one failed" : "")
        .append(" on ")
        .append(Printable.line(report.state()))
        .append(" (")
        .append(Printable.line(report.server()))
        .append(", ")
        .append(TextReport.duration(report.duration()))
        .append(").\n")
        .toString();
  }

  private static void migration(StringBuilder text, TracedMigration migration) {
    text.append(migration.action() == Action.ROLLBACK ? "rollback of " : "")
        .append(Printable.line(migration.migration().label()))
        .append(migration.transactional() ? "" : ", without a transaction")
        .append(" (")
        .append(TextReport.duration(migration.duration()))
        .append(")\n");
    if (!migration.untraced().isEmpty()) {
      line(text, "  ", "not traced", migration.untraced());
    }
    migration.statements().forEach(statement -> statement(text, statement));
    if (migration.transactional() && migration.statements().size() > 1) {
      line(
          text,
          "  ",
          "held to its end",
          locks(migration.locks().stream()
              .filter(lock -> lock.mode().compareTo(LockMode.SHARE_UPDATE_EXCLUSIVE) >= 0)
              .toList()));
    }
    migration.notes().forEach(note -> line(text, "  ", "Note", note));
    TracedMigration.Failure failure = migration.failure();
    if (failure != null) {
      text.append("  failed: ")
          .append(Printable.of(failure.message()).strip().indent(4).strip());
      text.append('\n');
    }
  }

  private static void statement(StringBuilder text, TracedStatement statement) {
    text.append("  ")
        .append(statement.position().line())
        .append(": ")
        .append(Printable.line(statement.beginning()))
        .append('\n');
    line(text, "locks", locks(statement.locks()));
    line(text, "rewrites", relations(statement.rewritten()));
    line(
        text, "scans", some(statement.scans().stream().map(TracedScan::toString).toList()));
    line(text, "creates", relations(statement.created()));
    line(text, "drops", relations(statement.dropped()));
    line(text, "leaves INVALID", relations(statement.invalid()));
    line(text, "not seen", statement.unseen());
  }

  /** The modes one by one, each with what it is on. Locks on indexes are left out where a table is locked as strongly. */
  private static String locks(List<TracedLock> locks) {
    LockMode strongest = locks.stream()
        .filter(lock -> !lock.relation().kind().isIndex())
        .map(TracedLock::mode)
        .max(Comparator.naturalOrder())
        .orElse(null);
    return locks.stream()
        .filter(lock -> !lock.relation().kind().isIndex()
            || strongest == null
            || lock.mode().compareTo(strongest) > 0)
        .collect(Collectors.groupingBy(TracedLock::mode, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + " on "
            + some(entry.getValue().stream().map(lock -> words(lock.relation())).toList()))
        .collect(Collectors.joining("; "));
  }

  private static String relations(List<TracedRelation> relations) {
    return some(relations.stream().map(TraceText::words).toList());
  }

  private static String words(TracedRelation relation) {
    return switch (relation.kind()) {
      case INDEX, PARTITIONED_INDEX -> "index " + relation;
      case VIEW -> "view " + relation;
      case MATERIALIZED_VIEW -> "materialized view " + relation;
      case SEQUENCE -> "sequence " + relation;
      case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE -> relation.toString();
    };
  }

  private static String some(List<String> names) {
    return names.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
  }

  private static void line(StringBuilder text, String name, String value) {
    line(text, "       ", name, value);
  }

  private static void line(StringBuilder text, String indent, String name, String value) {
    if (!value.isEmpty()) {
      text.append(indent)
          .append(name)
          .append(": ")
          .append(Printable.line(value))
          .append('\n');
    }
  }
}
