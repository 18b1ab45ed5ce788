package dev.migrator.internal.lint;

import dev.migrator.migration.SourcePosition;
import dev.migrator.report.Severity;

/**
 * One rule of the lint.
 *
 * @param id its name, {@code index-not-concurrent}; never changed once released, scripts name it
 * @param topic what it is about
 * @param severity how much it weighs where the size of the table is not known or does not matter
 * @param standing whether it is looked for unless somebody says otherwise
 * @param destruction whether what it finds destroys something
 * @param condition what breaks it, a sentence
 * @param effect what that does to the database and to those who use it
 * @param remedy what to do instead
 * @param claim what it says of locks, rewrites and scans
 * @param look finds it
 */
public record Rule(
    String id,
    Topic topic,
    Severity severity,
    Standing standing,
    Destruction destruction,
    String condition,
    String effect,
    String remedy,
    Claim claim,
    Look look) {

  /** What rules are about; in this order they are listed. */
  public enum Topic {
    /** Who has to wait, and how long. */
    LOCKS("Locks, rewrites and scans"),
    /** What goes wrong when it runs. */
    FAILURE("What fails or does not do what it says"),
    /** What destroys data or definitions. */
    DESTRUCTION("What destroys something"),
    /** What breaks programs that run meanwhile. */
    COMPATIBILITY("What breaks programs that still run"),
    /** What is regretted later. */
    DESIGN("Types and tables that are regretted later"),
    /** How scripts are written. */
    POLICY("How scripts are written");

    private final String heading;

    Topic(String heading) {
      this.heading = heading;
    }

    /** In words. */
    public String heading() {
      return heading;
    }
  }

  /** Whether a rule is looked for unless somebody says otherwise. */
  public enum Standing {
    ON,
    /** Good people disagree about it. */
    OFF
  }

  /** Whether a finding destroys something that may not come back. */
  public enum Destruction {
    NONE,
    DESTROYS
  }

  /** Begins a rule that is on. */
  public static Draft of(String id, Topic topic, Severity severity) {
    return new Draft(id, topic, severity);
  }

  /** Whether what it finds destroys something. */
  public boolean isDestructive() {
    return destruction == Destruction.DESTROYS;
  }

  /** A place that breaks it, found without its look. */
  Finding at(SourcePosition position, String message) {
    return new Finding(this, null, position, null, message);
  }

  /** A rule that is being described. */
  public static final class Draft {

    private final String id;
    private final Topic topic;
    private final Severity severity;
    private Standing standing = Standing.ON;
    private Destruction destruction = Destruction.NONE;
    private String condition = "";
    private String effect = "";
    private String remedy = "";
    private Claim claim = Claim.NONE;

    private Draft(String id, Topic topic, Severity severity) {
      this.id = id;
      this.topic = topic;
      this.severity = severity;
    }

    /** It is off unless somebody asks for it. */
    public Draft off() {
      this.standing = Standing.OFF;
      return this;
    }

    /** What it finds destroys something. */
    public Draft destroys() {
      this.destruction = Destruction.DESTROYS;
      return this;
    }

    /** What breaks it. */
    public Draft when(String sentence) {
      this.condition = sentence;
      return this;
    }

    /** What that does. */
    public Draft effect(String sentence) {
      this.effect = sentence;
      return this;
    }

    /** What to do instead. */
    public Draft remedy(String sentence) {
      this.remedy = sentence;
      return this;
    }

    /** What it says of locks, rewrites and scans. */
    public Draft claims(Claim value) {
      this.claim = value;
      return this;
    }

    /** The rule. */
    public Rule looks(Look look) {
      return new Rule(
          id, topic, severity, standing, destruction, condition, effect, remedy, claim, look);
    }
  }
}
