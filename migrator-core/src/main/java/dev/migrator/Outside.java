package dev.migrator;

import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.source.Script;
import dev.migrator.internal.sql.MentionedNames;
import dev.migrator.internal.sql.OutsideStatements;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.migration.Migration;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.OutsideStatement;
import dev.migrator.report.OutsideStatement.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Looks through all scripts, those for rollbacks included, for what reaches beyond the database. */
final class Outside {

  private Outside() {}

  static OutsideReport of(List<? extends Resolved> migrations) {
    return of(migrations, Outside::scripts);
  }

  /** The same of what is applied only, and never taken back. */
  static OutsideReport ofApplying(List<? extends Resolved> migrations) {
    return of(migrations, migration -> List.of(migration.script().parse()));
  }

  /** The same of a plan, and of migrations that are applied before it. */
  static OutsideReport ofRunning(List<? extends Resolved> before, Plan plan) {
    List<OutsideStatement> statements = new ArrayList<>();
    List<ParsedScript> scripts = new ArrayList<>();
    collect(before, migration -> List.of(migration.script().parse()), statements, scripts);
    for (Step step : plan.steps()) {
      if (step.work() instanceof Work.Sql sql) {
        add(step.migration(), sql.parsed(), statements, scripts);
      } else {
        statements.add(code(step.migration()));
      }
    }
    return report(statements, scripts);
  }

  private static OutsideReport of(
      List<? extends Resolved> migrations,
      Function<ResolvedMigration, List<ParsedScript>> scriptsOf) {
    List<OutsideStatement> statements = new ArrayList<>();
    List<ParsedScript> scripts = new ArrayList<>();
    collect(migrations, scriptsOf, statements, scripts);
    return report(statements, scripts);
  }

  private static void collect(
      List<? extends Resolved> migrations,
      Function<ResolvedMigration, List<ParsedScript>> scriptsOf,
      List<OutsideStatement> statements,
      List<ParsedScript> scripts) {
    for (Resolved resolved : migrations) {
      Migration migration = resolved.migration();
      if (resolved instanceof ResolvedMigration written) {
        for (ParsedScript script : scriptsOf.apply(written)) {
          add(migration, script, statements, scripts);
        }
      } else {
        statements.add(code(migration));
      }
    }
  }

  private static void add(
      Migration migration,
      ParsedScript script,
      List<OutsideStatement> statements,
      List<ParsedScript> scripts) {
    scripts.add(script);
    statements.addAll(OutsideStatements.of(migration, script));
  }

  private static OutsideStatement code(Migration migration) {
    return new OutsideStatement(
        migration, null, "a migration written in Java", Set.of(), Evidence.HIDDEN);
  }

  private static OutsideReport report(
      List<OutsideStatement> statements, List<ParsedScript> scripts) {
    MentionedNames names = MentionedNames.of(scripts);
    return new OutsideReport(statements, names.roles(), names.databases());
  }

  private static List<ParsedScript> scripts(ResolvedMigration migration) {
    Script down = migration.down();
    return down == null
        ? List.of(migration.script().parse())
        : List.of(migration.script().parse(), down.parse());
  }
}
