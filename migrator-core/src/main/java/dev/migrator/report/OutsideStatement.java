package dev.migrator.report;

import dev.migrator.migration.Migration;
import dev.migrator.migration.SourcePosition;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement that changes more than the database that it runs in, or of which that cannot be told.
 *
 * @param migration whose script, or down script, it is in
 * @param position where it begins; {@code null} for a migration written in Java
 * @param statement the command as the manual names it, {@code CREATE ROLE}
 * @param effects what it reaches; empty when its text does not tell
 * @param evidence how that is known
 */
public record OutsideStatement(
    Migration migration,
    @Nullable SourcePosition position,
    String statement,
    Set<OutsideEffect> effects,
    Evidence evidence) {

  /** How an effect is known. */
  public enum Evidence {
    /** The statement is a command that has it. */
    STATED,
    /** Code that the statement runs, or keeps to be run later, has words that look like it. */
    IN_CODE,
    /** The statement runs code whose words say nothing of the kind: DO, CALL, Java. */
    HIDDEN
  }

  /** Keeps a copy. */
  public OutsideStatement {
    effects = Set.copyOf(effects);
  }

  /** The place, the command and what it reaches: {@code 0007_roles.sql:3:1: CREATE ROLE reaches roles}. */
  public String words() {
    String place = position == null ? migration.label() : position.toString();
    String reached =
        new TreeSet<>(effects).stream().map(OutsideEffect::words).collect(Collectors.joining(", "));
    return place + ": " + statement
        + switch (evidence) {
          case STATED -> " reaches " + reached;
          case IN_CODE -> " holds code that names " + reached;
          case HIDDEN -> " runs code that does not tell";
        };
  }
}
