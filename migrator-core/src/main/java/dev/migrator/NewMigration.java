package dev.migrator;

import dev.migrator.config.NamingConvention;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.internal.schema.MigrationDraft;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.text.FileFailures;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.NewMigrationReport;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Begins migrations: writes the next script of a folder and its down script, named as its neighbours are. */
public final class NewMigration {

  private static final String EMPTY = "-- Write the statements here.\n";

  private final Consumer<MigrationEngineBuilder> settings;
  private final Path folder;
  private final NamingConvention naming;
  private final LocalDateTime now;

  private NewMigration(
      Consumer<MigrationEngineBuilder> settings,
      Path folder,
      NamingConvention naming,
      LocalDateTime now) {
    this.settings = settings;
    this.folder = folder;
    this.naming = naming;
    this.now = now;
  }

  /**
   * A folder in which migrations are begun.
   *
   * @param settings tells a builder how the scripts are read; where they are is the folder
   * @param folder the folder
   * @param naming how its files are named; automatic for as they are
   */
  public static NewMigration in(
      Consumer<MigrationEngineBuilder> settings, Path folder, NamingConvention naming) {
    return in(settings, folder, naming, Clock.systemUTC());
  }

  static NewMigration in(
      Consumer<MigrationEngineBuilder> settings,
      Path folder,
      NamingConvention naming,
      Clock clock) {
    return new NewMigration(settings, folder, naming, LocalDateTime.now(clock));
  }

  /**
   * Writes a script and a down script that say what they are for, and do nothing yet.
   *
   * @param description what it will do, in a few words
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a file of that name is there, and what concerns the
   *     location and its scripts
   */
  public NewMigrationReport empty(String description) {
    NextScript next = next(description);
    return new NewMigrationReport(
        next.version(), write(next, description, EMPTY, EMPTY), null, notes(next));
  }

  /**
   * Writes a script that makes the desired schema of what the migrations make, as far as it only adds something, and one
   * that undoes it. Both are tried on a throw-away database.
   *
   * @param description what it will do, in a few words
   * @param desired a script that makes the desired schema
   * @param server where the migrations are replayed and the desired schema is made
   * @throws MigrationException as {@link #empty}; {@code THROW_AWAY_DATABASE_UNAVAILABLE}, {@code SCRIPT_REFUSED} and
   *     {@code MIGRATION_FAILED} where migrations or the desired schema do not run
   */
  public NewMigrationReport from(String description, Path desired, ThrowAwayServer server) {
    NextScript next = next(description);
    // A replay takes a while; a script that is not there is told of before it.
    DesiredSchema.text(desired);
    DraftTrial trial = new DraftTrial(this::tell, desired, server);
    MigrationDraft draft = trial.run();
    return new NewMigrationReport(
        next.version(),
        write(next, description, up(draft, trial), down(draft, trial)),
        trial.report(),
        notes(next));
  }

  private void tell(MigrationEngineBuilder builder) {
    settings.accept(builder);
    builder.locations("filesystem:" + folder).naming(naming).allowEmptyLocations(true);
  }

  private NextScript next(String description) {
    MigrationEngineBuilder builder = MigrationEngine.builder();
    tell(builder);
    List<ResolvedMigration> present = new ArrayList<>();
    for (Resolved resolved : builder.sources().takeScripts().migrations()) {
      if (resolved instanceof ResolvedMigration script) {
        present.add(script);
      }
    }
    return NextScript.after(convention(present), present, description, now);
  }

  /** Files with two sections are told by their text alone. */
  private NamingConvention convention(List<ResolvedMigration> present) {
    if (naming != NamingConvention.AUTOMATIC || present.isEmpty()) {
      return naming;
    }
    ResolvedMigration last = present.get(present.size() - 1);
    Path file = folder.resolve(last.migration().script());
    if (Files.exists(folder.resolve("meta/_journal.json"))) {
      return NamingConvention.DRIZZLE;
    }
    String text = read(file);
    if (text.contains("-- migrate:up")) {
      return NamingConvention.DBMATE;
    }
    if (text.toLowerCase(Locale.ROOT).contains("-- +goose up")) {
      return NamingConvention.GOOSE;
    }
    return text.contains("-- +migrate Up") ? NamingConvention.SQL_MIGRATE : naming;
  }

  private static String read(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return ""; // The names tell then.
    }
  }

  private List<Path> write(NextScript next, String description, String up, String down) {
    String header =
        "-- Purpose: " + sentence(description) + "\n-- Date: " + now.toLocalDate() + "\n\n";
    String back = "-- Purpose: Undo " + next.version() + ": " + sentence(description)
        + "\n-- Date: " + now.toLocalDate() + "\n\n";
    List<Path> files = new ArrayList<>();
    for (String name : next.files().values()) {
      if (Files.exists(folder.resolve(name))) {
        throw unwritable(
            "there is a file " + folder.resolve(name) + " already.", "call it otherwise.", null);
      }
    }
    for (NextScript.Part part : NextScript.Part.values()) {
      String name = next.files().get(part);
      if (name != null) {
        String text = switch (part) {
          case UP -> header + up;
          case DOWN -> back + down;
          case BOTH ->
            next.marks().get(0) + "\n" + header + up + "\n" + next.marks().get(1) + "\n" + down;
        };
        files.add(folder.resolve(name));
        write(folder.resolve(name), text);
      }
    }
    return files;
  }

  private static void write(Path file, String text) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw unwritable("there is a file " + file + " already.", "call it otherwise.", e);
    } catch (IOException e) {
      throw unwritable(
          file + " cannot be written: " + FileFailures.words(e) + ".",
          "name a folder that can be written to.",
          e);
    }
  }

  private static MigrationException unwritable(
      String problem, String advice, @Nullable IOException cause) {
    return MigrationException.because(FailureCode.CONFIGURATION_INVALID, problem)
        .done("nothing was overwritten.", List.of())
        .advice(advice)
        .cause(cause)
        .build();
  }

  private static String up(MigrationDraft draft, DraftTrial trial) {
    StringBuilder text = new StringBuilder();
    comment(text, "Not drafted:", draft.leftOut());
    comment(text, "This does not run as it stands:", trial.failures());
    return text.append(statements(draft.up())).toString();
  }

  private static String down(MigrationDraft draft, DraftTrial trial) {
    StringBuilder text = new StringBuilder();
    comment(text, "This does not run as it stands:", trial.downFailures());
    if (trial.leavesSomething()) {
      note(text, "This does not undo everything.", List.of());
    }
    return text.append(statements(draft.down())).toString();
  }

  private static void comment(StringBuilder text, String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      note(text, heading, lines);
    }
  }

  private static void note(StringBuilder text, String heading, List<String> lines) {
    text.append("-- ").append(heading).append('\n');
    lines.forEach(
        line -> text.append("--   ").append(line.replaceAll("\\s*\\R\\s*", " ")).append('\n'));
    text.append('\n');
  }

  private static String statements(List<String> statements) {
    return statements.isEmpty() ? EMPTY : String.join(";\n\n", statements) + ";\n";
  }

  private static List<String> notes(NextScript next) {
    Map<NextScript.Part, String> files = next.files();
    return files.size() == 1 && files.containsKey(NextScript.Part.UP)
        ? List.of("the folder's convention has no down scripts.")
        : List.of();
  }

  private static String sentence(@Nullable String description) {
    String text = String.valueOf(description).strip().replaceAll("\\s+", " ");
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
