package dev.migrator.render;

import dev.migrator.internal.text.FileFailures;
import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Text that came from elsewhere, made fit to be shown: without passwords. */
public final class SafeText {

  private SafeText() {}

  /** The text with passwords in URLs, parameters and role statements replaced by asterisks. */
  public static String of(String text) {
    return Redaction.redact(text);
  }

  /** What went wrong: the whole message of a {@link MigrationException}; of anything else also what it is. */
  public static String of(Throwable failure) {
    String message = failure instanceof MigrationException
        ? String.valueOf(failure.getMessage())
        : failure.toString();
    return Redaction.redact(message);
  }

  /** What went wrong around a file, in one sentence without a full stop and without the names of classes. */
  public static String of(IOException failure) {
    return FileFailures.words(failure);
  }

  /** The stack trace with all causes, every line ended by a newline. */
  public static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return Redaction.redact(trace.toString());
  }
}
