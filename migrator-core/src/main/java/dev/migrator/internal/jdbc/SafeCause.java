package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Redaction;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions that are safe to be logged with all their causes: one whose message holds a secret is replaced by a copy without
 * it. The driver quotes the SQL of a batch and what the server said of a value.
 */
final class SafeCause {

  private static final int DEEPEST = 50;

  private final Collection<String> known;

  private SafeCause(Collection<String> known) {
    this.known = known;
  }

  /** The exception itself, nearly always. */
  static SQLException of(SQLException exception) {
    return of(exception, List.of());
  }

  /** The same for secrets that are known already. */
  static SQLException of(SQLException exception, Collection<String> known) {
    SafeCause safe = new SafeCause(known);
    return safe.isClean(exception, identities()) ? exception : safe.copy(exception, 0);
  }

  /** The same for any exception. */
  static Throwable of(Throwable exception) {
    SafeCause safe = new SafeCause(List.of());
    return safe.isClean(exception, identities()) ? exception : safe.any(exception, 0);
  }

  private static Set<Throwable> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private boolean isClean(@Nullable Throwable exception, Set<Throwable> seen) {
    if (exception == null || seen.size() > DEEPEST || !seen.add(exception)) {
      return true;
    }
    String message = exception.getMessage();
    if (message != null && !clean(message).equals(message)) {
      return false;
    }
    for (Throwable suppressed : exception.getSuppressed()) {
      if (!isClean(suppressed, seen)) {
        return false;
      }
    }
    return isClean(exception.getCause(), seen)
        && (!(exception instanceof SQLException sql) || isClean(sql.getNextException(), seen));
  }

  private String clean(String message) {
    return Redaction.redact(message, known);
  }

  private Throwable any(Throwable exception, int depth) {
    if (exception instanceof SQLException sql) {
      return copy(sql, depth);
    }
    Throwable copy = new Exception(clean(exception.toString()));
    complete(copy, exception, depth);
    return copy;
  }

  private SQLException copy(SQLException exception, int depth) {
    String message = exception.getMessage();
    SQLException copy = new SQLException(
        message == null ? null : clean(message), exception.getSQLState(), exception.getErrorCode());
    complete(copy, exception, depth);
    SQLException next = exception.getNextException();
    if (next != null && depth < DEEPEST) {
      copy.setNextException(copy(next, depth + 1));
    }
    return copy;
  }

  private void complete(Throwable copy, Throwable original, int depth) {
    copy.setStackTrace(original.getStackTrace());
    Throwable cause = original.getCause();
    if (depth < DEEPEST) {
      if (cause != null) {
        copy.initCause(any(cause, depth + 1));
      }
      for (Throwable suppressed : original.getSuppressed()) {
        copy.addSuppressed(any(suppressed, depth + 1));
      }
    }
  }
}
