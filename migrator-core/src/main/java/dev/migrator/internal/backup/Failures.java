package dev.migrator.internal.backup;

import dev.migrator.internal.text.FileFailures;
import java.io.IOException;
import java.util.Locale;

/** Puts into words what went wrong around files and programs. */
final class Failures {

  private Failures() {}

  /** What happened, in one sentence without secrets; the exceptions of files have a path only for a message. */
  static String words(IOException e) {
    if (e instanceof FlowFailedException) {
      return String.valueOf(e.getMessage());
    }
    return FileFailures.words(e);
  }

  /** What to do about a backup that failed. */
  static String advice(IOException e) {
    String message = words(e).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("disk quota")) {
      return "make room, or name another folder: --backup-directory <folder>.";
    }
    if (message.contains("permission denied for")) {
      return "let the role read everything (GRANT pg_read_all_data TO ...), or back up with another one.";
    }
    if (message.contains("could not obtain lock")
        || message.contains("lock timeout")
        || message.contains("canceling statement due to lock")) {
      return "somebody holds a lock that keeps everybody from reading a table: end that transaction, or run again later.";
    }
    if (message.startsWith("gpg ") || message.startsWith("age ")) {
      return "check the recipient; gpg must have the public key in its keyring.";
    }
    return "correct the cause and run again; --backup off runs without a backup.";
  }
}
