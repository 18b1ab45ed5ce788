package dev.migrator.internal.sql.structure;

import dev.migrator.report.OutsideEffect;
import java.util.List;
import java.util.Set;

/**
 * What a statement is and what it names, as far as its text tells.
 *
 * @param family what it is for
 * @param command the command as the manual names it, {@code CREATE INDEX}; empty when it was not recognised
 * @param transaction where it runs, and why
 * @param outsideEffects what it changes beyond its database
 * @param detail its parts; {@link Detail.Unknown} when the words behind the command were not recognised
 * @param complete whether the recogniser saw the statement to its end; when not, what is absent here may stand in the rest
 */
public record Structure(
    Family family,
    String command,
    TransactionNeed transaction,
    Set<OutsideEffect> outsideEffects,
    Detail detail,
    boolean complete) {

  /** Keeps a copy. */
  public Structure {
    outsideEffects = Set.copyOf(outsideEffects);
  }

  /** Whether its parts were recognised too, not only its command: every change of an ALTER, and what EXPLAIN explains. */
  public boolean isRecognised() {
    if (detail instanceof Detail.Alter alter) {
      return alter.changes().stream().noneMatch(Change.Unknown.class::isInstance);
    }
    return detail instanceof Detail.Explain explain
        ? explain.statement().isRecognised()
        : !(detail instanceof Detail.Unknown);
  }

  /**
   * The tables, views, indexes and sequences that it names, each once, in the order of the text: what it works on and what
   * its constraints refer to. Empty does not mean that there are none: queries and code name theirs in their own text.
   */
  public List<ObjectName> relations() {
    return Relations.of(detail);
  }

  /** What it locks of that which exists already. */
  public Locking locking() {
    return LockRules.of(this);
  }
}
