package dev.migrator.internal.lint;

import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A place that breaks a rule, as its look tells it; what is told later counts too. */
public final class Finding {

  private final Rule rule;
  private final @Nullable Statement statement;
  private final SourcePosition position;
  private final @Nullable String excerpt;
  private final String message;
  private final Map<Claim.Role, ObjectName> relations = new LinkedHashMap<>();
  private final List<ObjectRef> objects = new ArrayList<>();
  private final UnaryOperator<ObjectRef> beforeTheRun;
  private @Nullable Predicate<World> mended;
  private @Nullable String rewrite;
  private Severity severity;
  private @Nullable String remedy;

  Finding(
      Rule rule,
      @Nullable Statement statement,
      SourcePosition position,
      @Nullable String excerpt,
      String message) {
    this(rule, statement, position, excerpt, message, UnaryOperator.identity());
  }

  /**
   * A finding.
   *
   * @param beforeTheRun tells what something was called before the run
   */
  Finding(
      Rule rule,
      @Nullable Statement statement,
      SourcePosition position,
      @Nullable String excerpt,
      String message,
      UnaryOperator<ObjectRef> beforeTheRun) {
    this.rule = rule;
    this.statement = statement;
    this.position = position;
    this.excerpt = excerpt;
    this.message = message;
    this.severity = rule.severity();
    this.beforeTheRun = beforeTheRun;
  }

  /** It is about a relation. */
  public Finding on(Claim.Role role, ObjectName relation) {
    relations.put(role, relation);
    return this;
  }

  /** What is destroyed; more of it when it is told again. */
  public Finding destroys(ObjectRef value) {
    objects.add(beforeTheRun.apply(value));
    return this;
  }

  /** It is nothing to speak of when a later script of the run mends it. */
  public Finding unless(Predicate<World> value) {
    this.mended = value;
    return this;
  }

  /** Whether the scripts behind it have mended it. */
  boolean isMended(World world) {
    return mended != null && mended.test(world);
  }

  /** SQL that does the same safely; {@code null} where it cannot be written mechanically. */
  public Finding rewrite(@Nullable String sql) {
    this.rewrite = sql;
    return this;
  }

  /** It weighs something else than its rule does in general. */
  public Finding weighs(Severity value) {
    this.severity = value;
    return this;
  }

  /** Something else is to be done than what the rule says in general. */
  public Finding remedy(String sentence) {
    this.remedy = sentence;
    return this;
  }

  /** The rule that is broken. */
  public Rule rule() {
    return rule;
  }

  /** The statement that breaks it; {@code null} where it is the script. */
  public @Nullable Statement statement() {
    return statement;
  }

  /** Where. */
  public SourcePosition position() {
    return position;
  }

  /** The line of SQL with a caret under it; {@code null} where no statement breaks it, or where the line is a secret. */
  public @Nullable String excerpt() {
    return excerpt;
  }

  /** What is wrong. */
  public String message() {
    return message;
  }

  /** The relations that it is about, by their part in it. */
  public Map<Claim.Role, ObjectName> relations() {
    return Collections.unmodifiableMap(relations);
  }

  /** The relations that are read through or written anew, as the rule claims. */
  List<ObjectName> workedOn() {
    return relations.entrySet().stream()
        .filter(each ->
            rule.claim().of(each.getKey()).filter(Claim.Cost::growsWithSize).isPresent())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** What is destroyed, under the names that it had before the run; empty where nothing is, or where no object is meant by name. */
  public List<ObjectRef> objects() {
    return List.copyOf(objects);
  }

  /** SQL that does the same safely; {@code null} where it cannot be written mechanically. */
  public @Nullable String rewrite() {
    return rewrite;
  }

  /** How much it weighs where sizes are not known. */
  public Severity severity() {
    return severity;
  }

  /** What to do instead. */
  public String remedy() {
    return remedy == null ? rule.remedy() : remedy;
  }
}
