package dev.migrator;

import dev.migrator.config.DestructivePolicy;
import dev.migrator.config.FailurePolicy;
import dev.migrator.config.LintPolicy;
import dev.migrator.config.Safeguards;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.inspect.Existing;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.lint.Judgement;
import dev.migrator.internal.lint.Lint;
import dev.migrator.internal.lint.LintContext;
import dev.migrator.internal.lint.LintScript;
import dev.migrator.internal.lint.ObjectRef;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rules;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.sql.Directives.Allowance;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.report.Action;
import dev.migrator.report.LintReport;
import dev.migrator.report.Severity;
import dev.migrator.report.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lets a plan pass unless its statements destroy what was there before the run and nobody gave a reason. */
final class LintGate {

  /** Without one of these words a statement destroys nothing, and most migrations have none of them. */
  private static final Pattern MAY_DESTROY =
      Pattern.compile("\\b(?:DROP|TRUNCATE|DELETE|UPDATE|TYPE)\\b", Pattern.CASE_INSENSITIVE);

  private static final int SHOWN = 40;

  private final Ground held;
  private final Settings settings;

  LintGate(Ground held) {
    this.held = held;
    this.settings = held.operation().settings();
  }

  /**
   * Lets a plan pass.
   *
   * @param comparison what it was made of
   */
  void pass(Plan plan, Comparison comparison) {
    Safeguards safeguards = settings.safeguards();
    boolean lints = safeguards.lint() != LintPolicy.OFF;
    boolean destroys = safeguards.destructive() != DestructivePolicy.OFF
        && plan.steps().stream().anyMatch(LintGate::mayDestroy);
    boolean allows = plan.steps().stream()
        .anyMatch(step -> !step.work().directives().allowances().isEmpty());
    // What a lost connection interrupts was judged before, when the database was as the run found
    // it.
    boolean takesBack = settings.conduct().onFailure() == FailurePolicy.ROLL_BACK && blocks();
    if (lints || destroys || allows || takesBack) {
      held.operation().judgeOnce(plan, () -> {
        if (lints || destroys || allows) {
          judge(plan, lints || allows);
        }
        if (takesBack) {
          judgeTakingBack(plan, comparison);
        }
      });
    }
  }

  /** A failed run is taken back without anybody being asked, so its down scripts are judged before it begins. */
  private void judgeTakingBack(Plan plan, Comparison comparison) {
    Linter linter = settings.linter();
    Rules rules = linter.selected().only(Rule::isDestructive);
    LintContext context = over(() -> linter.context(held.session(), Set.of()));
    Map<String, LintScript> ups = ups(comparison.known().stream()
        .map(Comparison.Known::resolved)
        .filter(Objects::nonNull)
        .toList());
    Lint earlier = new Lint(rules, context);
    List<Judgement> judgements = new ArrayList<>();
    for (Step step : plan.steps()) {
      LintScript up = ups.get(step.migration().id());
      if (up != null) {
        LintScript down = up.down();
        if (down != null && step.migration().kind() == MigrationKind.VERSIONED) {
          Lint lint = new Lint(rules, context);
          lint.learn(up);
          lint.follow(earlier);
          judgements.addAll(lint.judge(down));
        }
        earlier.learn(up);
      }
    }
    List<Violation> forbidden = forbidden(standing(judgements));
    if (!forbidden.isEmpty()) {
      throw blocked(forbidden);
    }
  }

  private void judge(Plan plan, boolean all) {
    Linter linter = settings.linter();
    Rules rules = all ? linter.selected() : linter.selected().only(Rule::isDestructive);
    List<LintScript> scripts = plan.steps().stream().map(LintGate::script).toList();
    Set<String> names = new TreeSet<>();
    scripts.forEach(script -> names.addAll(Linter.relations(script.statements())));
    LintContext context = over(() -> linter.context(held.session(), names));
    Lint lint = new Lint(rules, context);
    lint.beginRun();
    List<Judgement> judgements =
        scripts.stream().flatMap(script -> lint.judge(script).stream()).toList();
    decide(plan, standing(lint.standing(judgements)));
  }

  /** Lets a rollback pass unless it takes away more than its migrations brought. */
  void passRollback(Plan plan, Inventory resolved) {
    if (settings.safeguards().destructive() == DestructivePolicy.OFF
        || plan.steps().stream().noneMatch(LintGate::mayDestroy)) {
      return;
    }
    held.operation().judgeOnce(plan, () -> judgeRollback(plan, resolved));
  }

  /** Lets what takes down a half pass, by the same measure; the migration itself is judged when it begins again. */
  void passTakeDown(Plan plan, Inventory resolved) {
    if (settings.safeguards().destructive() != DestructivePolicy.OFF
        && plan.steps().stream().anyMatch(LintGate::mayDestroy)) {
      judgeRollback(plan, resolved);
    }
  }

  private void judgeRollback(Plan plan, Inventory resolved) {
    Linter linter = settings.linter();
    Rules rules = linter.selected().only(Rule::isDestructive);
    LintContext context = over(() -> linter.context(held.session(), Set.of()));
    Map<String, LintScript> ups = ups(resolved.migrations());
    Lint earlier = new Lint(rules, context);
    List<Judgement> judgements = new ArrayList<>();
    for (Step step : plan.steps()) {
      LintScript up = ups.get(step.migration().id());
      Lint lint = new Lint(rules, context);
      // What a script of another release brought nobody here can tell: all that goes needs its
      // reason.
      if (up != null) {
        lint.learn(up);
      }
      lint.beginTakingBack();
      lint.follow(earlier);
      LintScript down = script(step);
      judgements.addAll(lint.judge(down));
      earlier.learn(down);
    }
    decide(plan, standing(judgements));
  }

  private static Map<String, LintScript> ups(List<? extends Resolved> resolved) {
    return Linter.scripts(resolved, new ArrayList<>()).stream()
        .collect(Collectors.toMap(
            script -> script.migration().id(), Function.identity(), (one, other) -> one));
  }

  /** With somebody who can cancel what the server takes long over. */
  private <T> T over(Supplier<T> work) {
    try {
      return held.operation().watch().over(held.session(), false, work);
    } catch (CommandFailedException e) {
      throw unanswered(e);
    }
  }

  private static MigrationException unanswered(CommandFailedException failure) {
    boolean lost = failure.error().isConnectionLoss();
    return MigrationException.because(
            lost ? FailureCode.CONNECTION_LOST : FailureCode.SCHEMA_UNREADABLE,
            "asking what was there before the run failed: " + failure.error().message())
        .sqlState(failure.error().sqlState())
        .advice("run again; when it happens again, look at the role's privileges on the catalog.")
        .cause(failure)
        .build();
  }

  private static LintScript script(Step step) {
    List<Statement> statements = step.work().statements();
    return new LintScript(
        step.migration(),
        step.migration().script(),
        "",
        1,
        statements,
        step.work().directives(),
        step.isTransactional(),
        null,
        null,
        step.down() != null);
  }

  /** Without what destroys only things that are not there before the run. */
  private List<Judgement> standing(List<Judgement> judgements) {
    List<ObjectRef> asked = judgements.stream()
        .flatMap(judgement -> judgement.finding().objects().stream())
        .distinct()
        .toList();
    Set<Integer> there = over(() ->
        Existing.among(held.session(), asked.stream().map(LintGate::wanted).toList()));
    Set<ObjectRef> existing = there.stream().map(asked::get).collect(Collectors.toSet());
    return judgements.stream()
        .filter(judgement -> {
          List<ObjectRef> objects = judgement.finding().objects();
          return objects.isEmpty() || objects.stream().anyMatch(existing::contains);
        })
        .toList();
  }

  private static Existing.Wanted wanted(ObjectRef object) {
    String kind = switch (object.type()) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE, INDEX -> "RELATION";
      case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> "ROUTINE";
      case TYPE, DOMAIN -> "TYPE";
      case SCHEMA, EXTENSION, COLUMN, CONSTRAINT -> object.type().name();
      default -> "";
    };
    String schema = object.name().schema();
    return new Existing.Wanted(
        kind,
        schema == null ? "" : schema,
        object.name().name(),
        object.part() == null ? "" : object.part());
  }

  private void decide(Plan plan, List<Judgement> judgements) {
    Safeguards safeguards = settings.safeguards();
    held.operation()
        .allow(judgements.stream()
            .filter(judgement -> judgement.allowance() != null)
            .collect(Collectors.groupingBy(
                judgement -> judgement.violation().migration(),
                Collectors.mapping(
                    LintGate::allowance,
                    Collectors.collectingAndThen(
                        Collectors.toList(), all -> all.stream().distinct().toList())))));
    List<Violation> shown = judgements.stream()
        .filter(judgement -> safeguards.lint() != LintPolicy.OFF
            || safeguards.destructive() != DestructivePolicy.OFF
                && judgement.finding().rule().isDestructive())
        .map(Judgement::violation)
        .toList();
    List<Violation> forbidden = forbidden(judgements);
    if (blocks() && !forbidden.isEmpty()) {
      throw blocked(forbidden);
    }
    LintReport report = new LintReport(shown, notes(plan));
    if (safeguards.lint() == LintPolicy.REFUSE && !report.errors().isEmpty()) {
      throw refused(report.errors());
    }
    if (!shown.isEmpty() || safeguards.lint() != LintPolicy.OFF) {
      held.operation().safety(held.operation().safety().withLint(report));
    }
  }

  private static List<Violation> forbidden(List<Judgement> judgements) {
    return judgements.stream()
        .filter(Judgement::isForbiddenDestruction)
        .map(Judgement::violation)
        .toList();
  }

  private static Records.Allowed allowance(Judgement judgement) {
    Allowance allowance = judgement.allowance();
    if (allowance == null) {
      throw new IllegalArgumentException("nothing allows it");
    }
    return new Records.Allowed(allowance.rule(), allowance.reason());
  }

  private static List<String> notes(Plan plan) {
    return plan.steps().stream()
        .map(step -> Linter.code(step.work().statements()))
        .filter(code -> !code.isEmpty())
        .map(code -> "What the code at " + code + " does can only be told when it runs.")
        .toList();
  }

  private boolean blocks() {
    return switch (settings.safeguards().destructive()) {
      case AUTOMATIC -> settings.permission().environment().needsConfirmation();
      case BLOCK -> true;
      case WARN, OFF -> false;
    };
  }

  private static boolean mayDestroy(Step step) {
    return step.work().statements().stream()
        .anyMatch(statement -> MAY_DESTROY.matcher(statement.sql()).find());
  }

  private MigrationException blocked(List<Violation> violations) {
    String what =
        violations.size() == 1 ? "a statement destroys" : violations.size() + " statements destroy";
    return MigrationException.because(
            FailureCode.DESTRUCTION_BLOCKED,
            what
                + (held.operation().action() == Action.ROLLBACK
                    ? " what the migrations did not bring"
                    : " what was there before the run")
                + ", and this is "
                + (settings.permission().environment().needsConfirmation()
                    ? "production, or counts as production."
                    : "refused by the policy."))
        .at(violations.get(0).position())
        .detail(lines(violations))
        .done("nothing was changed.", List.of())
        .advice("remove the statements, or say on the line before each why it is right:\n"
            + violations.stream()
                .map(violation -> "-- migrator: allow " + violation.rule() + " because ...")
                .distinct()
                .collect(Collectors.joining("\n")))
        .build();
  }

  private static MigrationException refused(List<Violation> violations) {
    return MigrationException.because(
            FailureCode.LINT_FAILED,
            violations.size() + (violations.size() == 1 ? " error" : " errors")
                + " of the lint stop the run.")
        .at(violations.get(0).position())
        .detail(lines(violations))
        .done("nothing was changed.", List.of())
        .advice(
            "mend the scripts; 'migrator lint' says how. Or allow a rule with a reason: -- migrator: allow "
                + violations.get(0).rule() + " because ...")
        .build();
  }

  private static String lines(List<Violation> violations) {
    String all = violations.stream()
        .limit(SHOWN)
        .map(violation -> violation.position() + ": " + violation.message() + " ["
            + violation.rule() + ", " + severity(violation.severity()) + "]")
        .collect(Collectors.joining("\n"));
    return violations.size() <= SHOWN
        ? all
        : all + "\nand " + (violations.size() - SHOWN) + " more";
  }

  private static String severity(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
