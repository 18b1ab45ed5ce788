package dev.migrator.cli;

import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.CheckJson;
import dev.migrator.render.EventText;
import dev.migrator.render.JsonReport;
import dev.migrator.render.OperationLine;
import dev.migrator.render.SafeText;
import dev.migrator.report.CheckReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The files that a verb leaves behind which changes something or checks it: what happened, line by line; the reports of the
 * checks; and a line for the operation among those of all the others. Only their owner can read them.
 *
 * <p>That they can be written is made sure of before anything runs; what goes wrong with them afterwards is told, and fails
 * nothing.
 */
final class LogFiles implements MigrationListener {

  static final Option<Path> FOLDER = Option.of(
      "--log-dir",
      "<folder>",
      Values::path,
      "Where the log and the reports of the run are written. Default: logs.");

  static final Option<Boolean> NONE = Option.flag("--no-log-files", "Write no such files.");

  /** What every verb knows that writes some. */
  static final Options.Group GROUP = new Options.Group("Log files", List.of(FOLDER, NONE));

  private static final Set<String> VERBS =
      Set.of("migrate", "rollback", "baseline", "repair", "preflight", "postflight");

  private static final String ALL_OPERATIONS = "migrations.jsonl";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String verb;
  private final Path folder;
  private final String stamp;
  private final Path log;
  private final Console console;
  private final long started = System.nanoTime();
  private boolean broken;

  private LogFiles(String verb, Path folder, Console console) throws IOException {
    this.verb = verb;
    this.folder = folder;
    this.console = console;
    Files.createDirectories(folder);
    String now = STAMP.format(Instant.now());
    String free = now;
    Path file = folder.resolve(verb + "-" + free + ".log");
    for (int other = 2; !create(file); other++) {
      free = now + "-" + other;
      file = folder.resolve(verb + "-" + free + ".log");
    }
    this.stamp = free;
    this.log = file;
    write(folder.resolve(ALL_OPERATIONS), "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Whether a verb leaves a record behind, because it changes something or checks it. */
  static boolean isOf(Verb verb) {
    return VERBS.contains(verb.name());
  }

  /**
   * The files of a verb; nothing when it has none.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when they cannot be written
   */
  static Optional<LogFiles> of(Verb verb, Arguments given, Console console) {
    if (!isOf(verb) || given.has(NONE) || given.has(Options.DRY_RUN)) {
      return Optional.empty();
    }
    Path folder = console.resolve(given.get(FOLDER).orElse(Path.of("logs")));
    try {
      LogFiles files = new LogFiles(verb.name(), folder, console);
      files.line("migrator " + verb.name());
      return Optional.of(files);
    } catch (IOException | UncheckedIOException e) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the log cannot be written to the folder " + folder + ": " + SafeText.of(io(e)) + ".")
          .done("nothing was changed.", List.of())
          .advice("name another one (--log-dir, MIGRATOR_LOG_DIR), or write none (--no-log-files).")
          .cause(e)
          .build();
    }
  }

  @Override
  public synchronized void on(MigrationEvent event) {
    EventText.of(event).ifPresent(this::line);
    if (event instanceof MigrationEvent.Checked checked) {
      report(checked.report());
    }
  }

  /** Does the work, and writes down what it came to. */
  Outcome around(Supplier<Outcome> work) {
    LogSink.open(this::line);
    try {
      Outcome outcome = work.get();
      outcome.checks().ifPresent(this::report);
      line(outcome.text().get());
      operation(outcome.exitCode(), outcome.json().get());
      return outcome;
    } catch (MigrationException e) {
      line(SafeText.of(e));
      operation(e.code().exitCode(), JsonReport.of(e));
      throw e;
    } catch (RuntimeException | Error e) {
      line(SafeText.trace(e));
      operation(MigratorCommand.UNEXPECTED, JsonReport.ofUnexpected(e));
      throw e;
    } finally {
      LogSink.open(null);
    }
  }

  private void report(CheckReport report) {
    String phase = report.phase().name().toLowerCase(Locale.ROOT);
    quietly(() -> write(
        folder.resolve(phase + "-report-" + stamp + ".json"),
        CheckJson.of(report),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING));
  }

  private void operation(int exitCode, String document) {
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    quietly(() -> write(
        folder.resolve(ALL_OPERATIONS),
        OperationLine.of(Instant.now(), verb, exitCode, took, document),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND));
  }

  /** Several lines are indented, so that each that begins with a time is one thing. */
  private void line(String text) {
    String lines = SafeText.of(text).stripTrailing().replace("\n", "\n  ");
    quietly(() -> write(log, Instant.now() + " " + lines + "\n", StandardOpenOption.APPEND));
  }

  private synchronized void quietly(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      if (!broken) {
        broken = true;
        console
            .err()
            .println("Warning: the log in " + folder + " is not complete: " + SafeText.of(e));
      }
    }
  }

  private static IOException io(Exception e) {
    return e instanceof UncheckedIOException unchecked
        ? Objects.requireNonNull(unchecked.getCause())
        : (IOException) e;
  }

  /** Writes a file. */
  @FunctionalInterface
  private interface Writing {

    void write() throws IOException;
  }

  private static boolean create(Path file) throws IOException {
    try {
      write(file, "", StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** In one piece: other processes append too. */
  private static void write(Path file, String text, OpenOption... options) throws IOException {
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    all.add(StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(file, all, permissions())) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private static FileAttribute<?>[] permissions() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
