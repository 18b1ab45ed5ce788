package dev.migrator.faults;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.Environment;
import dev.migrator.config.SchemaRecording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A folder of scripts below {@code faults/} on the class path. Each piece of work that must happen once inserts a row of its
 * own into the table {@code effects}.
 */
enum SamplePlan {
  /** Migrations that run in one transaction each. */
  TRANSACTIONAL,
  /** The same, and the schema is read between them. */
  RECORDED,
  /** Indexes built concurrently, enum values, VACUUM. */
  NON_TRANSACTIONAL,
  /** A CONCURRENTLY between ordinary DDL and DML. */
  MIXED,
  /** The other statements that have a catalog to ask: REINDEX, DETACH, REFRESH, VALIDATE. */
  MAINTENANCE,
  /** A bit of everything, slow enough to be killed in the middle. */
  SLOW;

  private static final Pattern EFFECT = Pattern.compile("insert into effects values \\('(.*?)'\\)");

  String location() {
    SamplePlan scripts = this == RECORDED ? TRANSACTIONAL : this;
    return "classpath:faults/" + scripts.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The versions of all its migrations, in order. */
  List<String> versions() {
    return scripts().map(file -> file.getFileName().toString().split("_", 2)[0]).toList();
  }

  /** What the table {@code effects} holds in the end, in order. */
  List<String> effects() {
    return scripts()
        .flatMap(file -> EFFECT.matcher(read(file)).results())
        .map((MatchResult found) -> found.group(1))
        .sorted()
        .toList();
  }

  /** An engine as an application with these migrations has it. */
  MigrationEngine engine(DataSource dataSource) {
    return builder(dataSource).build();
  }

  /** An engine that never connects again: what a process that dies with its connection did until then. */
  MigrationEngine mortal(DataSource dataSource) {
    return builder(dataSource).limits(limits -> limits.reconnect(Duration.ZERO)).build();
  }

  /** An engine as an application has it. */
  static MigrationEngine engine(String location, DataSource dataSource) {
    return builder(location, dataSource).build();
  }

  /** Reading the schema is hundreds of messages that write nothing: one plan is enough for them. */
  private MigrationEngineBuilder builder(DataSource dataSource) {
    return builder(location(), dataSource)
        .schemaRecording(this == RECORDED ? SchemaRecording.MIGRATIONS : SchemaRecording.OFF);
  }

  private static MigrationEngineBuilder builder(String location, DataSource dataSource) {
    return MigrationEngine.builder()
        .dataSource(dataSource)
        .locations(location)
        .environment(Environment.TEST)
        .appliedBy("faults")
        .lockWait(Duration.ofSeconds(60));
  }

  private Stream<Path> scripts() {
    URL folder = SamplePlan.class.getResource("/" + location().substring("classpath:".length()));
    try (Stream<Path> files =
        Files.list(Path.of(Objects.requireNonNull(folder, location()).toURI()))) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
