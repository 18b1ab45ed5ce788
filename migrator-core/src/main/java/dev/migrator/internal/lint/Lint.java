package dev.migrator.internal.lint;

import dev.migrator.internal.lint.Overview.Part;
import dev.migrator.internal.sql.Directives.Allowance;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.StatementKind;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.RelationLock;
import dev.migrator.internal.sql.structure.Structure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds scripts against rules, one after the other. It remembers what the scripts make, so that a later one is seen with it.
 *
 * <p>Not thread-safe.
 */
public final class Lint {

  private final Rules all;
  private final List<Rule> rules;
  private final LintContext context;
  private final World world;
  private final List<LintScript> earlier = new ArrayList<>();

  /** A lint that has seen nothing yet. */
  public Lint(Rules rules, LintContext context) {
    this.all = rules;
    this.rules = rules.selected();
    this.context = context;
    this.world = new World(context.searchPath());
  }

  /** Takes in a script that is not to be judged: it ran before. */
  public void learn(LintScript script) {
    read(script, new ArrayList<>(), List.of());
    earlier.add(script);
  }

  /** Begins a run: what was made up to here is in use. */
  public void beginRun() {
    world.beginRun();
  }

  /** Begins to take back what was learned: the database has things under the names that they have by now. */
  public void beginTakingBack() {
    world.forgetNames();
  }

  /** What another lint has learned happens before what this one sees: names are those before both. */
  public void follow(Lint other) {
    world.follow(other.world);
  }

  /** Judges a script as the next one of the run; what is found in the order of its text. */
  public List<Judgement> judge(LintScript script) {
    Allowances allowances = new Allowances(script);
    List<Finding> findings = check(script);
    List<Judgement> judgements = new ArrayList<>();
    for (Finding finding : findings) {
      judgements.add(Judgement.of(finding, script.migration(), context, allowances.of(finding)));
    }
    for (Allowance allowance : allowances.unused()) {
      Finding finding = unused(allowance);
      if (finding != null) {
        judgements.add(Judgement.of(finding, script.migration(), context, null));
      }
    }
    LintScript down = script.down();
    if (down != null) {
      // What its own script brought is new to it, and may go.
      Lint undoing = new Lint(all.only(Rule::isDestructive), context);
      undoing.learn(script);
      undoing.world.foundBy(world);
      undoing.beginTakingBack();
      judgements.addAll(undoing.judge(down));
    }
    return judgements;
  }

  /** What there is to say of a directive that allows nothing; {@code null} when the rule that it names is not asked for. */
  private @Nullable Finding unused(Allowance allowance) {
    String id = allowance.rule();
    if (!all.knows(id)) {
      return UnknownRule.RULE.at(
          allowance.position(), "There is no rule '" + id + "'. " + all.nearest(id));
    }
    return rules.stream().anyMatch(rule -> rule.id().equals(id))
        ? UnusedAllowance.RULE.at(
            allowance.position(), "Nothing here breaks the rule '" + id + "'.")
        : null;
  }

  /** Without what the scripts that were judged later have mended. */
  public List<Judgement> standing(List<Judgement> judgements) {
    return judgements.stream()
        .filter(judgement -> !judgement.finding().isMended(world))
        .toList();
  }

  private List<Finding> check(LintScript script) {
    List<Finding> findings = new ArrayList<>();
    List<Part> parts = read(script, findings, rules);
    for (Rule rule : rules) {
      rule.look()
          .script(
              new Overview(rule, script, parts, world, context, List.copyOf(earlier), findings));
    }
    earlier.add(script);
    findings.sort(
        Comparator.comparingInt((Finding finding) -> finding.position().line())
            .thenComparingInt(finding -> finding.position().column()));
    return findings;
  }

  private List<Part> read(LintScript script, List<Finding> findings, List<Rule> judged) {
    world.beginScript();
    Chronicle chronicle = new Chronicle(world, script);
    List<Part> parts = new ArrayList<>();
    int transactions = script.transactional() ? 1 : 0;
    boolean within = script.transactional();
    for (Statement statement : script.statements()) {
      if (!script.transactional() && statement.kind() == StatementKind.BEGIN) {
        transactions++;
        within = true;
      }
      Structure structure = statement.structure();
      int transaction = within ? transactions : 0;
      Sight.Read read = new Sight.Read(statement, structure, parts.size(), transaction);
      int before = findings.size();
      for (Rule rule : judged) {
        rule.look().statement(new Sight(rule, script, read, world, context, findings));
      }
      if (transaction > 0) {
        findings.subList(before, findings.size()).removeIf(this::isAboutEmptyTables);
      }
      parts.add(new Part(statement, structure, locks(structure), transaction));
      chronicle.after(statement, structure.detail());
      if (!script.transactional() && statement.kind() == StatementKind.COMMIT) {
        within = false;
      }
    }
    return parts;
  }

  /** Whether all that takes time is done to tables that this transaction has locked already, to truncate them. */
  private boolean isAboutEmptyTables(Finding finding) {
    List<ObjectName> worked = finding.workedOn();
    return !finding.rule().isDestructive()
        && !worked.isEmpty()
        && worked.stream().allMatch(world::isTruncated);
  }

  private List<RelationLock> locks(Structure structure) {
    if (!(structure.detail() instanceof Detail.Drop drop)) {
      return old(structure.locking().locks().stream());
    }
    if (drop.type() == ObjectType.TRIGGER
        && drop.objects().stream().allMatch(trigger -> isMissing(drop, trigger))) {
      return List.of();
    }
    return old(structure.locking().locks().stream()
        .map(lock -> drop.type() == ObjectType.INDEX ? ofTable(lock) : lock)
        .distinct());
  }

  private List<RelationLock> old(Stream<RelationLock> locks) {
    return locks.filter(lock -> !world.isNew(lock.relation())).toList();
  }

  /** A trigger that is not there is looked for without a lock that anybody waits for. */
  private boolean isMissing(Detail.Drop drop, ObjectReference trigger) {
    KnownTable table = trigger.on() == null ? null : world.table(trigger.on());
    return drop.clauses().contains(Clause.IF_EXISTS)
        && table != null
        && table.isWithoutTrigger(trigger.name().name());
  }

  /** Whoever uses the table waits, so that is what is locked, where the scripts tell which it is. */
  private RelationLock ofTable(RelationLock ofIndex) {
    ObjectName index = ofIndex.relation();
    ObjectName table = world.tableOf(index);
    return table == null
        ? ofIndex
        : new RelationLock(
            new ObjectName(index.schema() == null ? null : table.schema(), table.name(), 0),
            ofIndex.mode());
  }
}
