package dev.migrator.internal.backup;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A program failed, or what it wrote could not be moved on; the message says which, without secrets. */
final class FlowFailedException extends IOException {

  @Serial
  private static final long serialVersionUID = 1L;

  FlowFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
