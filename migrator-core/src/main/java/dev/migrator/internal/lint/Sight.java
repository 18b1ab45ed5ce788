package dev.migrator.internal.lint;

import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.World.Aspect;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.internal.sql.structure.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as one rule sees it: with its script, and the world before it. */
public final class Sight {

  private final Rule rule;
  private final LintScript script;
  private final Read read;
  private final World world;
  private final LintContext context;
  private final List<Finding> findings;

  /**
   * A statement that was read.
   *
   * @param number its place in the script, from 0
   * @param transaction the number of the transaction that it is in; 0 when it has one of its own, or none
   */
  record Read(Statement statement, Structure structure, int number, int transaction) {}

  Sight(
      Rule rule,
      LintScript script,
      Read read,
      World world,
      LintContext context,
      List<Finding> findings) {
    this.rule = rule;
    this.script = script;
    this.read = read;
    this.world = world;
    this.context = context;
    this.findings = findings;
  }

  /** The script. */
  public LintScript script() {
    return script;
  }

  /** The statement. */
  public Statement statement() {
    return read.statement();
  }

  /** Its text as the server gets it; offsets are in it. */
  public String sql() {
    return read.statement().sql();
  }

  /** Its place in the script, from 0. */
  public int number() {
    return read.number();
  }

  /** Whether it shares a transaction with other statements. */
  public boolean isInTransaction() {
    return read.transaction() > 0;
  }

  /** What it is. */
  public Structure structure() {
    return read.structure();
  }

  /** Its parts. */
  public Detail detail() {
    return read.structure().detail();
  }

  /** What the scripts before it made. */
  public World world() {
    return world;
  }

  /** What is known beside the scripts. */
  public LintContext context() {
    return context;
  }

  /** The major version that it is for. */
  public int version() {
    return context.serverVersion();
  }

  /** The type of a column, as far as the scripts tell or the database; {@code null} when neither does. */
  public @Nullable TypeName type(ObjectName table, String column) {
    KnownTable known = world.table(table);
    return known == null ? null : known.type(column);
  }

  /** Whether a relation was there before the run, so that others may use it. */
  public boolean isOld(ObjectName relation) {
    return !isNew(ObjectType.TABLE, relation);
  }

  /** Whether the run has made an object; where the rule is about what is destroyed, for certain. */
  public boolean isNew(ObjectType type, ObjectName name) {
    return rule.isDestructive() ? world.isMade(type, name) : world.isNew(type, name);
  }

  /** Whether the run has made a part of a table; where the rule is about what is destroyed, for certain. */
  public boolean isNew(ObjectName table, Aspect aspect, String name) {
    return rule.isDestructive()
        ? world.isMade(table, aspect, name)
        : world.isNew(table, aspect, name);
  }

  /** Whether this transaction has truncated a table: what is done to its rows is done at once, and its lock is there. */
  public boolean isTruncated(ObjectName table) {
    return isInTransaction() && world.isTruncated(table);
  }

  /** Whether the run has made an object unless it found it there, and no script before it makes it. */
  public boolean isProbablyNew(ObjectType type, ObjectName name) {
    return world.isProbablyMade(type, name);
  }

  /** Whether the run has made a part of a table unless it found it there, and no script before it makes it. */
  public boolean isProbablyNew(ObjectName table, Aspect aspect, String name) {
    return world.isProbablyMade(table, aspect, name);
  }

  /** Tells of a place that breaks the rule. */
  public Finding finds(int offset, String message) {
    Finding finding = new Finding(
        rule,
        read.statement(),
        read.statement().position(offset),
        read.statement().excerptOf(offset),
        message,
        world::beforeTheRun);
    findings.add(finding);
    return finding;
  }

  /** Tells of a place that breaks the rule, in what it does to a table. */
  public Finding finds(int offset, String message, ObjectName table) {
    return finds(offset, message).on(Role.TABLE, table);
  }
}
