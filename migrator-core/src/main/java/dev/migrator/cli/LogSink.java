package dev.migrator.cli;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where log lines go besides standard error: the log file of the command that runs, where it writes one. */
final class LogSink {

  private static volatile @Nullable Consumer<String> file;

  private LogSink() {}

  /** From now on lines go there; {@code null} for nowhere. */
  static void open(@Nullable Consumer<String> lines) {
    file = lines;
  }

  /** Hands over a line. */
  static void accept(String line) {
    Consumer<String> to = file;
    if (to != null) {
      to.accept(line);
    }
  }
}
