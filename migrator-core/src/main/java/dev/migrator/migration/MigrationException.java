package dev.migrator.migration;

import java.io.Serial;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of the engine: what failed and where, what was already done, and what to do next.
 *
 * <p>{@link #getMessage()} holds all of it, on several lines, ready to be printed. The parts are there for callers that
 * decide by them. No message contains a password.
 */
public class MigrationException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final transient @Nullable SourcePosition position;
  private final @Nullable String sqlState;
  private final transient List<Migration> applied;
  private final String advice;
  private final String problem;
  private final String detail;
  private final String done;
  private final @Nullable String backup;

  /** An exception with everything that its builder was told. */
  protected MigrationException(Builder builder) {
    super(builder.message(), builder.cause);
    this.code = builder.code;
    this.position = builder.position;
    this.sqlState = builder.sqlState;
    this.applied = List.copyOf(builder.applied);
    this.advice = builder.advice;
    this.problem = builder.problem;
    this.detail = builder.detail;
    this.done = builder.done;
    this.backup = builder.backup == null ? null : builder.backup.toString();
  }

  /**
   * Begins an exception.
   *
   * @param code why the operation ended
   * @param problem what failed, in a sentence
   */
  public static Builder because(FailureCode code, String problem) {
    return new Builder(code, problem);
  }

  /** Everything there is to say, on several lines, the first of which begins with the code in brackets. */
  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "");
  }

  /** Why the operation ended. */
  public FailureCode code() {
    return code;
  }

  /** The place in the script, when the failure has one. */
  public Optional<SourcePosition> position() {
    return Optional.ofNullable(position);
  }

  /** The five-character SQLSTATE, when the server reported the failure (PostgreSQL manual, appendix A). */
  public Optional<String> sqlState() {
    return Optional.ofNullable(sqlState);
  }

  /** The migrations that the operation had completed, and that stay, in the order in which they ran. */
  public List<Migration> applied() {
    return applied == null ? List.of() : applied;
  }

  /** What to do next; empty when the message says it all. */
  public String advice() {
    return advice;
  }

  /** The backup that the operation took before it began; nothing where it took none. */
  public Optional<Path> backup() {
    return Optional.ofNullable(backup).map(Path::of);
  }

  /**
   * The same failure with the backup that was taken before it.
   *
   * @param file where the backup is
   */
  public MigrationException withBackup(Path file) {
    return changed(done, applied(), file);
  }

  /**
   * The same failure with another account of what was done: what came after it has changed that.
   *
   * @param sentence what was done and stays
   * @param migrations the migrations that stay
   */
  public MigrationException withDone(String sentence, List<Migration> migrations) {
    return changed(sentence, migrations, backup().orElse(null));
  }

  private MigrationException changed(
      String sentence, List<Migration> migrations, @Nullable Path file) {
    MigrationException changed = because(code, problem)
        .at(position)
        .sqlState(sqlState)
        .detail(detail)
        .done(sentence, migrations)
        .advice(advice)
        .backup(file)
        .cause(getCause())
        .build();
    for (Throwable suppressed : getSuppressed()) {
      changed.addSuppressed(suppressed);
    }
    return changed;
  }

  /** Collects the parts of an exception. */
  public static final class Builder {

    private final FailureCode code;
    private final String problem;
    private @Nullable SourcePosition position;
    private @Nullable String sqlState;
    private @Nullable Throwable cause;
    private String detail = "";
    private String done = "";
    private List<Migration> applied = List.of();
    private String advice = "";
    private @Nullable Path backup;

    private Builder(FailureCode code, String problem) {
      this.code = code;
      this.problem = problem;
    }

    /** Sets the place in the script; {@code null} when there is none. */
    public Builder at(@Nullable SourcePosition place) {
      this.position = place;
      return this;
    }

    /** Sets the SQLSTATE; {@code null} when the server did not report one. */
    public Builder sqlState(@Nullable String state) {
      this.sqlState = state;
      return this;
    }

    /** Sets lines that explain the problem: the server's DETAIL and HINT, the line of SQL with a caret. */
    public Builder detail(String lines) {
      this.detail = lines;
      return this;
    }

    /** Sets what was already done and stays, as a sentence, beside the migrations themselves. */
    public Builder done(String sentence, List<Migration> migrations) {
      this.done = sentence;
      this.applied = migrations;
      return this;
    }

    /** Sets what to do next. */
    public Builder advice(String sentence) {
      this.advice = sentence;
      return this;
    }

    /** Sets the backup that was taken before; {@code null} when there is none. */
    public Builder backup(@Nullable Path file) {
      this.backup = file;
      return this;
    }

    /** Sets the cause. */
    public Builder cause(@Nullable Throwable throwable) {
      this.cause = throwable;
      return this;
    }

    /** The exception. */
    public MigrationException build() {
      return new MigrationException(this);
    }

    private String message() {
      StringBuilder message = new StringBuilder(256).append('[').append(code).append("] ");
      if (position != null) {
        message.append(position).append(": ");
      }
      message.append(problem);
      appendBlock(message, "", detail);
      appendBlock(message, "Already done: ", done);
      appendBlock(message, "Next: ", advice);
      appendBlock(message, "Backup of before the run: ", backup == null ? "" : backup.toString());
      return message.toString();
    }

    private static void appendBlock(StringBuilder message, String title, String text) {
      if (text.isEmpty()) {
        return;
      }
      String block = title + text;
      block.lines().forEach(line -> message.append("\n  ").append(line));
    }
  }
}
