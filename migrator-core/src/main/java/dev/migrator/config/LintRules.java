package dev.migrator.config;

import java.util.Set;

/**
 * Which rules the lint looks for, and for which server. Immutable: each method returns a changed copy.
 *
 * @param on rules that are looked for although they are off by default
 * @param off rules that are not looked for
 * @param serverVersion the major version of PostgreSQL that the scripts are for; 0 for that of the database, or where none is
 *     at hand the oldest that is supported
 */
public record LintRules(Set<String> on, Set<String> off, int serverVersion) {

  /** Every rule that is on by default. */
  public static final LintRules DEFAULT = new LintRules(Set.of(), Set.of(), 0);

  /** Keeps copies. */
  public LintRules {
    on = Set.copyOf(on);
    off = Set.copyOf(off);
  }

  /** With these rules looked for too. */
  public LintRules on(Set<String> rules) {
    return new LintRules(rules, off, serverVersion);
  }

  /** Without these rules. */
  public LintRules off(Set<String> rules) {
    return new LintRules(on, rules, serverVersion);
  }

  /** For a major version of PostgreSQL. */
  public LintRules serverVersion(int version) {
    return new LintRules(on, off, version);
  }
}
