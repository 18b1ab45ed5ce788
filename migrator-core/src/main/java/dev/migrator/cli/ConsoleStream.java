package dev.migrator.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A stream of the process in UTF-8, which remembers why it could not be written to: a {@link PrintStream} keeps it to itself. */
final class ConsoleStream extends PrintStream {

  private final Sink sink;

  private ConsoleStream(Sink sink) {
    super(sink, true, StandardCharsets.UTF_8);
    this.sink = sink;
  }

  static ConsoleStream of(FileDescriptor descriptor) {
    return over(new FileOutputStream(descriptor));
  }

  static ConsoleStream over(OutputStream stream) {
    return new ConsoleStream(new Sink(stream));
  }

  /** Why something was lost; {@code null} when nothing was, or the reader went away because it had seen enough. */
  static @Nullable IOException lost(PrintStream stream) {
    IOException failure = stream instanceof ConsoleStream console && stream.checkError()
        ? console.sink.failure
        : null;
    // The words are the system's, in the language of the user; translations add the English ones in
    // parentheses.
    return failure == null
            || String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe")
        ? null
        : failure;
  }

  /** The bytes on their way out. */
  private static final class Sink extends FilterOutputStream {

    private @Nullable IOException failure;

    Sink(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
