package dev.migrator.cli;

import dev.migrator.config.RollbackPolicy;
import dev.migrator.config.RowCheck;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.VerifyJunit;
import dev.migrator.render.VerifyMarkdown;
import dev.migrator.render.VerifyPage;
import dev.migrator.report.VerifyReport;
import dev.migrator.verify.MigrationVerifier;
import dev.migrator.verify.MigrationVerifierBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The verb {@code verify} and its options. */
final class VerifyOptions {

  /** How long the end of the process waits until the throw-away databases are dropped. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private VerifyOptions() {}

  static final Option<RollbackPolicy> ROLLBACK_FROM = Option.of(
      "--rollback-from",
      "<version>",
      text -> RollbackPolicy.requiredFrom(Values.version(text)),
      "The first version that must have a down script. Default: every migration must.");

  static final Option<RollbackPolicy> ROLLBACK_FOR = new Option<>(
      "--rollback-for",
      "<glob>",
      true,
      "Which scripts must have a down script, by their paths: billing/**; may be repeated.",
      globs -> RollbackPolicy.requiredFor(globs.toArray(String[]::new)),
      (builder, ignored) -> {});

  static final Option<RollbackPolicy> ROLLBACK_OPTIONAL = new Option<>(
      "--rollback-optional",
      "",
      false,
      "No migration must have a down script; those that are there are tried.",
      texts -> RollbackPolicy.notRequired(),
      (builder, ignored) -> {});

  static final Option<RowCheck> ROWS = Option.of(
      "--rows",
      Values.choices(RowCheck.class),
      Values.oneOf(RowCheck.class),
      "Whose rows are looked for again after a rollback: nobody's, those of migrations and seeds, or generated ones too."
          + " Default: generated.");

  static final Option<Map<String, Path>> SEED = new Option<>(
      "--seed",
      "<version=file>",
      true,
      "SQL that runs once this version is applied, so that there are rows; may be repeated.",
      Values::seeds,
      (builder, ignored) -> {});

  static final Option<Boolean> ALLOW_OUTSIDE_EFFECTS = Option.flag(
      "--allow-outside-effects",
      "On a server that others use too, also run what changes more than a database, such as CREATE ROLE.");

  static final Option<Boolean> DROP_LEFTOVERS = Option.flag(
      "--drop-leftovers",
      "First drop the throw-away databases on that server which killed runs left behind: older than a day, and in nobody's use.");

  static final Option<Duration> SLOW_AFTER = Option.of(
      "--slow-after",
      "<time>",
      Values::duration,
      "How long a migration may take before the report warns. Default: 5m.");

  static final Option<Path> REPORT_HTML = report("--report-html", "an HTML page");

  static final Option<Path> REPORT_JUNIT = report("--report-junit", "JUnit XML");

  static final Option<Path> REPORT_MARKDOWN =
      report("--report-markdown", "Markdown, for a pull request");

  /** All of them. */
  static final List<Option<?>> ALL = List.of(
      ServerOption.SERVER,
      ROLLBACK_FROM,
      ROLLBACK_FOR,
      ROLLBACK_OPTIONAL,
      ROWS,
      SEED,
      ALLOW_OUTSIDE_EFFECTS,
      DROP_LEFTOVERS,
      SLOW_AFTER,
      REPORT_HTML,
      REPORT_JUNIT,
      REPORT_MARKDOWN);

  /** Verifies, shows how far it is, and writes the reports that were asked for. */
  static Verb.Job verify(Arguments given, Console console) {
    Map<Path, Function<VerifyReport, String>> reports = reports(given);
    reports.keySet().forEach(VerifyOptions::requireFolder);
    MigrationVerifierBuilder builder = verifier(given, console);
    ProgressLine progress = ProgressLine.on(console);
    if (!given.has(Options.JSON)) {
      builder.listener(progress);
    }
    MigrationVerifier verifier = builder.build();
    return new Verb.Job(verifier::cancel, STOP_WITHIN, () -> {
      try (progress) {
        VerifyReport report = verifier.verify();
        reports.forEach((file, text) -> write(file, text.apply(report)));
        return Outcome.of(report);
      }
    });
  }

  private static MigrationVerifierBuilder verifier(Arguments given, Console console) {
    MigrationVerifierBuilder builder = MigrationVerifier.builder().migrations(given::tell);
    ServerOption.of(given, console).ifPresent(builder::server);
    given
        .oneOf(List.of(ROLLBACK_FROM, ROLLBACK_FOR, ROLLBACK_OPTIONAL))
        .ifPresent(builder::rollbackPolicy);
    given.get(ROWS).ifPresent(builder::rows);
    given.get(SEED).orElse(Map.of()).forEach((version, file) -> builder.seed(version, read(file)));
    builder.allowOutsideEffects(given.has(ALLOW_OUTSIDE_EFFECTS));
    builder.dropLeftovers(given.has(DROP_LEFTOVERS));
    given.get(SLOW_AFTER).ifPresent(builder::slowAfter);
    return builder;
  }

  private static Map<Path, Function<VerifyReport, String>> reports(Arguments given) {
    Map<Path, Function<VerifyReport, String>> reports = new LinkedHashMap<>();
    given.get(REPORT_HTML).ifPresent(file -> reports.put(file, VerifyPage::of));
    given.get(REPORT_JUNIT).ifPresent(file -> reports.put(file, VerifyJunit::of));
    given.get(REPORT_MARKDOWN).ifPresent(file -> reports.put(file, VerifyMarkdown::of));
    return reports;
  }

  /** Asked before the work: after minutes of it nobody wants to hear of a folder. */
  private static void requireFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
      throw unwritable(file, null);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID, "the seed " + file + " cannot be read.")
          .done("nothing was run.", List.of())
          .advice("give --seed a file of SQL in UTF-8.")
          .cause(e)
          .build();
    }
  }

  private static MigrationException unwritable(Path file, @Nullable IOException cause) {
    return MigrationException.because(
            FailureCode.CONFIGURATION_INVALID, "the report " + file + " cannot be written.")
        .done("no database that existed was touched.", List.of())
        .advice("name a file in a folder that can be written to.")
        .cause(cause)
        .build();
  }

  private static Option<Path> report(String name, String format) {
    return Option.of(
        name, "<file>", Values::path, "Write the report to this file too, as " + format + ".");
  }
}
