package dev.migrator.cli;

import java.io.FileDescriptor;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The process around a command.
 *
 * @param out results
 * @param err everything else: failures, warnings, log lines
 * @param in where {@code --password-stdin} reads
 * @param variables the environment variables
 * @param directory the working directory
 */
record Console(
    PrintStream out,
    PrintStream err,
    InputStream in,
    Map<String, String> variables,
    Path directory) {

  /** This process. */
  static Console ofProcess() {
    return new Console(
        unicode(FileDescriptor.out, System.out),
        unicode(FileDescriptor.err, System.err),
        System.in,
        System.getenv(),
        Path.of(""));
  }

  /** The variable, where it is set to something. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** A path as it is meant in the working directory. */
  Path resolve(Path path) {
    return directory.resolve(path);
  }

  /** A path within the working directory without it. */
  String shown(Path path) {
    return (path.startsWith(directory) ? directory.relativize(path) : path).toString();
  }

  /** A result for machines: UTF-8 whatever the stream's own encoding is (RFC 8259, 8.1). */
  void printJson(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  /** UTF-8 also under LANG=C, where Java would print question marks; a Windows console has a code page of its own. */
  private static PrintStream unicode(FileDescriptor descriptor, PrintStream platform) {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
    return windows ? platform : ConsoleStream.of(descriptor);
  }
}
