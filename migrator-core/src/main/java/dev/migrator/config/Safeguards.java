package dev.migrator.config;

import java.util.function.UnaryOperator;

/**
 * What is checked and saved before and after a run, each switched by itself. Immutable: each method returns a changed copy.
 *
 * @param force whether a run goes on when a check of its preflight fails; it is written to the history, and does not stand
 *     for the confirmation of production. Default: no
 * @param review how the plan is looked at once more before it runs. Default: not at all
 * @param destructive what becomes of statements that destroy what was there before. Default: {@link
 *     DestructivePolicy#AUTOMATIC}
 * @param lint what becomes of the lint's other rules. Default: {@link LintPolicy#OFF}
 * @param lintRules which rules are looked for. Default: {@link LintRules#DEFAULT}
 * @param preflight the checks before it. Default: {@link Preflight#DEFAULT}
 * @param backup the backup before it. Default: none
 * @param postflight the checks after it. Default: {@link Postflight#DEFAULT}
 */
public record Safeguards(
    boolean force,
    Review review,
    DestructivePolicy destructive,
    LintPolicy lint,
    LintRules lintRules,
    Preflight preflight,
    Backup backup,
    Postflight postflight) {

  /** The library's defaults. */
  public static final Safeguards DEFAULT = new Safeguards(
      false,
      Review.NONE,
      DestructivePolicy.AUTOMATIC,
      LintPolicy.OFF,
      LintRules.DEFAULT,
      Preflight.DEFAULT,
      Backup.DEFAULT,
      Postflight.DEFAULT);

  /** With or without going on when a check of the preflight fails. */
  public Safeguards force(boolean value) {
    return new Safeguards(
        value, review, destructive, lint, lintRules, preflight, backup, postflight);
  }

  /** With another look at the plan before it runs. */
  public Safeguards review(Review value) {
    return new Safeguards(
        force, value, destructive, lint, lintRules, preflight, backup, postflight);
  }

  /** With another policy for statements that destroy what was there before. */
  public Safeguards destructive(DestructivePolicy value) {
    return new Safeguards(force, review, value, lint, lintRules, preflight, backup, postflight);
  }

  /** With another policy for the lint's other rules. */
  public Safeguards lint(LintPolicy value) {
    return new Safeguards(
        force, review, destructive, value, lintRules, preflight, backup, postflight);
  }

  /** With other rules of the lint: the present ones in, changed ones out. */
  public Safeguards lintRules(UnaryOperator<LintRules> change) {
    return new Safeguards(
        force, review, destructive, lint, change.apply(lintRules), preflight, backup, postflight);
  }

  /** With other checks before a run: the present ones in, changed ones out. */
  public Safeguards preflight(UnaryOperator<Preflight> change) {
    return new Safeguards(
        force, review, destructive, lint, lintRules, change.apply(preflight), backup, postflight);
  }

  /** With another backup: the present one in, a changed one out. */
  public Safeguards backup(UnaryOperator<Backup> change) {
    return new Safeguards(
        force, review, destructive, lint, lintRules, preflight, change.apply(backup), postflight);
  }

  /** With other checks after a run: the present ones in, changed ones out. */
  public Safeguards postflight(UnaryOperator<Postflight> change) {
    return new Safeguards(
        force, review, destructive, lint, lintRules, preflight, backup, change.apply(postflight));
  }
}
