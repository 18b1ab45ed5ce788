package dev.migrator;

import dev.migrator.config.LintRules;
import dev.migrator.internal.inspect.SessionPath;
import dev.migrator.internal.inspect.TableSizes;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.lint.Judgement;
import dev.migrator.internal.lint.Lint;
import dev.migrator.internal.lint.LintContext;
import dev.migrator.internal.lint.LintContext.TableSize;
import dev.migrator.internal.lint.LintScript;
import dev.migrator.internal.lint.Rules;
import dev.migrator.internal.lint.SearchPath;
import dev.migrator.internal.lint.rules.Catalogue;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.source.Script;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.Family;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.LintReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the scripts of migrations against the rules.
 *
 * @param rules which of them are looked for
 * @param lockTimeout the time-out that a run sets for locks
 * @param searchPath that of the scripts
 */
record Linter(LintRules rules, Duration lockTimeout, List<String> searchPath) {

  private static final String NO_DATABASE =
      "No database was at hand: how large the tables are is not known.";

  Linter {
    Rules all = Catalogue.rules();
    Stream.concat(rules.on().stream(), rules.off().stream())
        .filter(id -> !all.knows(id))
        .findFirst()
        .ifPresent(id -> {
          throw MigrationException.because(
                  FailureCode.CONFIGURATION_INVALID, "the lint has no rule '" + id + "'.")
              .done("nothing was changed.", List.of())
              .advice(all.nearest(id))
              .build();
        });
  }

  /** The rules that are looked for. */
  Rules selected() {
    return Catalogue.rules().switched(rules.on(), rules.off());
  }

  /** Judges every migration as a run of its own, on what those before it made. Needs no database. */
  LintReport apart(List<? extends Resolved> migrations) {
    int version = rules.serverVersion() == 0 ? LintContext.OLDEST_VERSION : rules.serverVersion();
    List<String> notes = new ArrayList<>();
    notes.add(NO_DATABASE);
    if (rules.serverVersion() == 0) {
      notes.add("No server version was given: what is said holds for PostgreSQL " + version
          + ", the oldest that is supported.");
    }
    return apart(migrations, context(version, searchPath, Map.of()), notes);
  }

  /** Judges every migration as a run of its own, with the sizes that the tables have. */
  LintReport apart(List<? extends Resolved> migrations, Session session) {
    return apart(migrations, context(session, migrations), new ArrayList<>());
  }

  private LintReport apart(
      List<? extends Resolved> migrations, LintContext context, List<String> notes) {
    Lint lint = new Lint(selected(), context);
    List<Judgement> judgements = new ArrayList<>();
    for (LintScript script : scripts(migrations, notes)) {
      lint.beginRun();
      judgements.addAll(lint.judge(script));
    }
    return report(lint, judgements, notes);
  }

  /** Judges migrations as one run, on what others made before it. */
  LintReport together(
      List<? extends Resolved> applied, List<? extends Resolved> pending, Session session) {
    List<String> notes = new ArrayList<>();
    List<LintScript> judged = scripts(pending, notes);
    Lint lint = new Lint(selected(), context(session, pending));
    scripts(applied, new ArrayList<>()).forEach(lint::learn);
    lint.beginRun();
    return report(
        lint, judged.stream().flatMap(script -> lint.judge(script).stream()).toList(), notes);
  }

  private static LintReport report(Lint lint, List<Judgement> judgements, List<String> notes) {
    return new LintReport(
        lint.standing(judgements).stream().map(Judgement::violation).toList(), notes);
  }

  /** What is known beside scripts when a database is at hand. */
  private LintContext context(Session session, List<? extends Resolved> migrations) {
    Set<String> names = new TreeSet<>();
    for (LintScript script : scripts(migrations, new ArrayList<>())) {
      names.addAll(relations(script.statements()));
    }
    return context(session, names);
  }

  /** What is known beside scripts that name these relations. */
  LintContext context(Session session, Collection<String> relations) {
    Map<String, TableSize> sizes = new HashMap<>();
    TableSizes.of(session, relations)
        .forEach((name, size) -> sizes.put(name, new TableSize(size.rows(), size.bytes())));
    return context(
        rules.serverVersion() == 0 ? TableSizes.serverVersion(session) : rules.serverVersion(),
        searchPath.isEmpty() ? path(session) : searchPath,
        sizes);
  }

  /** Where scripts find names when no path is configured: where the session does. */
  private static List<String> path(Session session) {
    SessionPath path = SessionPath.of(session);
    return SearchPath.of(path.setting(), path.existing());
  }

  private LintContext context(int version, List<String> path, Map<String, TableSize> sizes) {
    return new LintContext(version, lockTimeout, path, sizes);
  }

  /** The names of the relations that statements name, without their schemas. */
  static Set<String> relations(List<Statement> statements) {
    return statements.stream()
        .flatMap(statement -> statement.structure().relations().stream())
        .map(ObjectName::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The scripts of migrations; of those that have none a note. */
  static List<LintScript> scripts(List<? extends Resolved> migrations, List<String> notes) {
    List<LintScript> scripts = new ArrayList<>();
    for (Resolved resolved : migrations) {
      if (!(resolved instanceof ResolvedMigration found)) {
        notes.add(resolved.migration().label()
            + " is written in Java: nobody can tell beforehand what it does.");
        continue;
      }
      Script down = found.down();
      LintScript script = script(
          found.migration(),
          found.script(),
          down == null ? null : script(found.migration(), down, null));
      scripts.add(script);
      String code = code(script.statements());
      if (!code.isEmpty()) {
        notes.add("What the code at " + code + " does can only be told when it runs.");
      }
    }
    return scripts;
  }

  /** The places of DO and CALL. */
  static String code(List<Statement> statements) {
    return statements.stream()
        .filter(statement -> statement.structure().family() == Family.CODE)
        .map(statement -> statement.position().toString())
        .collect(Collectors.joining(", "));
  }

  private static LintScript script(Migration migration, Script script, @Nullable LintScript down) {
    return LintScript.of(
        migration,
        script.path(),
        script.text(),
        script.rules().firstLine(),
        script.reading(),
        down,
        down != null);
  }
}
