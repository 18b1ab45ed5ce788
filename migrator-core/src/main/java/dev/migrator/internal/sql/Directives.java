package dev.migrator.internal.sql;

import dev.migrator.migration.SourcePosition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a script's comments ask of the engine.
 *
 * @param transaction whether it runs in one transaction; {@code null} when nothing is said, so that its statements decide
 * @param lockTimeout its {@code lock_timeout}; {@code null} when nothing is said
 * @param statementTimeout its {@code statement_timeout}; {@code null} when nothing is said
 * @param irreversible why it cannot be rolled back; {@code null} when nothing is said
 * @param allowances the rules that it may break
 * @param said all of it as it is written, in order
 */
public record Directives(
    @Nullable Transaction transaction,
    @Nullable Duration lockTimeout,
    @Nullable Duration statementTimeout,
    @Nullable Irreversible irreversible,
    List<Allowance> allowances,
    List<Said> said) {

  /** Nothing is asked. */
  public static final Directives NONE =
      new Directives(null, null, null, null, List.of(), List.of());

  /** Keeps a copy. */
  public Directives {
    allowances = List.copyOf(allowances);
    said = List.copyOf(said);
  }

  /**
   * A directive.
   *
   * @param words the comment, without its dashes
   * @param position where
   */
  public record Said(String words, SourcePosition position) {}

  /**
   * Whether a script runs in one transaction.
   *
   * @param on whether it does
   * @param words the directive as it is written
   * @param position where
   */
  public record Transaction(boolean on, String words, SourcePosition position) {}

  /**
   * That a script cannot be rolled back.
   *
   * @param reason why
   * @param position where it is said
   */
  public record Irreversible(String reason, SourcePosition position) {}

  /**
   * A rule that the script may break.
   *
   * @param rule its id
   * @param reason why
   * @param position where it is said
   */
  public record Allowance(String rule, String reason, SourcePosition position) {}
}
