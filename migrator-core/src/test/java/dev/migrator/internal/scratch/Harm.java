package dev.migrator.internal.scratch;

import dev.migrator.migration.Migration;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.OutsideEffect;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.OutsideStatement;
import dev.migrator.report.OutsideStatement.Evidence;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Statements of migrations that reach beyond their database. */
final class Harm {

  private static final Migration MIGRATION = Migration.repeatable("x", "x.sql");

  static final OutsideStatement ROLE = new OutsideStatement(
      MIGRATION,
      new SourcePosition("0007_roles.sql", 3, 1),
      "CREATE ROLE",
      Set.of(OutsideEffect.ROLE),
      Evidence.STATED);

  static final OutsideStatement PROGRAM = new OutsideStatement(
      MIGRATION,
      new SourcePosition("0008_load.sql", 9, 1),
      "COPY",
      Set.of(OutsideEffect.PROGRAM),
      Evidence.STATED);

  static final OutsideStatement HIDDEN = new OutsideStatement(
      MIGRATION, new SourcePosition("0009_do.sql", 1, 1), "DO", Set.of(), Evidence.HIDDEN);

  private Harm() {}

  static OutsideReport report(OutsideStatement... statements) {
    return new OutsideReport(List.of(statements), new TreeSet<>(), new TreeSet<>());
  }
}
