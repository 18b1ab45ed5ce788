package dev.migrator.cli;

import dev.migrator.NewMigration;
import dev.migrator.config.NamingConvention;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.render.NewMigrationText;
import dev.migrator.report.NewMigrationReport;
import java.nio.file.Path;
import java.util.List;

/** The verb {@code new} and its options. */
final class NewOptions {

  private static final String ARGUMENT = "<description>";

  private static final String FILESYSTEM = "filesystem:";

  private NewOptions() {}

  static final Option<Path> FROM = Option.of(
      "--from",
      "<script>",
      Values::path,
      "Draft the migration: what is between the schema that the migrations make and that of this script, which describes"
          + " the desired one. Drafts what only adds something, and says what it leaves out.");

  static final Verb.Work.OnScripts WORK = new Verb.Work.OnScripts(ARGUMENT, NewOptions::begin);

  private static Verb.Job begin(Arguments given, Console console) {
    String description = given.argument(ARGUMENT);
    NewMigration folder = NewMigration.in(
        given::tell, folder(given), given.get(Options.NAMING).orElse(NamingConvention.AUTOMATIC));
    ThrowAwayServer server = ServerOption.of(given, console).orElse(ThrowAwayServer.automatic());
    return Verb.Job.of(() -> outcome(given
        .get(FROM)
        .map(script -> folder.from(description, script, server))
        .orElseGet(() -> folder.empty(description))));
  }

  private static Path folder(Arguments given) {
    List<String> locations =
        given.get(Options.LOCATION).orElse(List.of(MigratorCommand.DEFAULT_LOCATION));
    if (locations.size() != 1 || !locations.get(0).startsWith(FILESYSTEM)) {
      throw UsageErrors.invalid(
          "a migration is begun in one folder: name it with --location <folder>.");
    }
    return Values.path(locations.get(0).substring(FILESYSTEM.length()));
  }

  private static Outcome outcome(NewMigrationReport report) {
    return new Outcome(() -> NewMigrationText.of(report), () -> NewMigrationText.json(report), 0);
  }
}
