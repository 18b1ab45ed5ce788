package dev.migrator.internal.lint;

import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.RelationLock;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.LockMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A script as a whole, as one rule sees it: with the world behind it. */
public final class Overview {

  private final Rule rule;
  private final LintScript script;
  private final List<Part> parts;
  private final World world;
  private final LintContext context;
  private final List<LintScript> earlier;
  private final List<Finding> findings;

  /**
   * A statement of it.
   *
   * @param statement the statement
   * @param structure what it is
   * @param locks those that it takes on relations that were there before the run
   * @param transaction the number of the transaction that it is in; 0 when it has one of its own, or none
   */
  public record Part(
      Statement statement, Structure structure, List<RelationLock> locks, int transaction) {

    /** Keeps a copy. */
    public Part {
      locks = List.copyOf(locks);
    }

    /** Whether nobody else may use a relation while it runs, and until its transaction ends. */
    public boolean locksOutEverybody() {
      return locks.stream().anyMatch(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE);
    }
  }

  Overview(
      Rule rule,
      LintScript script,
      List<Part> parts,
      World world,
      LintContext context,
      List<LintScript> earlier,
      List<Finding> findings) {
    this.rule = rule;
    this.script = script;
    this.parts = parts;
    this.world = world;
    this.context = context;
    this.earlier = earlier;
    this.findings = findings;
  }

  /** The script. */
  public LintScript script() {
    return script;
  }

  /** Its statements. */
  public List<Part> parts() {
    return parts;
  }

  /** What the scripts up to here made. */
  public World world() {
    return world;
  }

  /** What is known beside the scripts. */
  public LintContext context() {
    return context;
  }

  /** The scripts before it, in order. */
  public List<LintScript> earlier() {
    return earlier;
  }

  /** Whether a rule claims that a statement reads or writes a whole table. */
  public boolean works(Part part) {
    return findings.stream()
        .filter(finding -> part.statement().equals(finding.statement()))
        .flatMap(finding -> finding.rule().claim().costs().stream())
        .anyMatch(Claim.Cost::growsWithSize);
  }

  /** Whether another rule has found something in the statement at a place. */
  public boolean isFound(@Nullable SourcePosition position) {
    return findings.stream()
        .anyMatch(finding -> finding.statement() != null
            && finding.rule().topic() == Rule.Topic.FAILURE
            && finding.statement().position().equals(position));
  }

  /** Tells that the script as a whole breaks the rule. */
  public Finding finds(String message) {
    return finds(new SourcePosition(script.path(), script.firstLine(), 1), message);
  }

  /** Tells of a place of the script that breaks the rule, without its text, which may be a secret. */
  public Finding finds(SourcePosition position, String message) {
    Finding finding = new Finding(rule, null, position, null, message);
    findings.add(finding);
    return finding;
  }

  /** Tells of a statement that breaks the rule. */
  public Finding finds(Statement statement, int offset, String message) {
    Finding finding = new Finding(
        rule, statement, statement.position(offset), statement.excerptOf(offset), message);
    findings.add(finding);
    return finding;
  }
}
