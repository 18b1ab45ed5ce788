package dev.migrator.cli;

import dev.migrator.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of the program, within this JVM, came to.
 *
 * @param exitCode its exit code
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exitCode, String out, String err) {

  /** Everything that was printed. */
  String all() {
    return out + err;
  }

  /** A place where the program is run: a folder of scripts, a database, variables, standard input. */
  static final class Shell {

    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();
    private InputStream input = InputStream.nullInputStream();
    private Path directory = Path.of("");

    Shell(Path folder) {
      this.folder = folder;
      // What runs in the folder of the build leaves nothing there.
      variables.put("MIGRATOR_NO_LOG_FILES", "true");
    }

    /** A shell whose {@code DATABASE_URL} is the database's. */
    Shell(Path folder, TestDatabase database) {
      this(folder);
      variables.put("DATABASE_URL", database.jdbcUrl());
      variables.put("PGUSER", database.user());
      variables.put("PGPASSWORD", database.password());
    }

    /** The URL with one more parameter. */
    static String with(String url, String parameter) {
      return url + (url.contains("?") ? "&" : "?") + parameter;
    }

    Shell variable(String name, String value) {
      variables.put(name, value);
      return this;
    }

    /** The working directory is this one. */
    Shell in(Path workingDirectory) {
      directory = workingDirectory;
      return this;
    }

    Shell without(String name) {
      variables.remove(name);
      return this;
    }

    Shell input(String text) {
      return input(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    Shell input(InputStream stream) {
      this.input = stream;
      return this;
    }

    Shell script(String name, String sql) {
      try {
        Files.writeString(folder.resolve(name), sql);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    /** Runs the program in the environment of tests, with the folder as its location. */
    CommandRun run(String... arguments) {
      List<String> all = new ArrayList<>(List.of(arguments));
      if (!all.contains("--environment")) {
        all.addAll(List.of("--environment", "test"));
      }
      if (!all.contains("--location")) {
        all.addAll(List.of("--location", folder.toString()));
      }
      return runExactly(all);
    }

    /** Runs the program with these arguments and no other. */
    CommandRun runExactly(List<String> arguments) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Console console = new Console(
          new PrintStream(out, false, StandardCharsets.UTF_8),
          new PrintStream(err, false, StandardCharsets.UTF_8),
          input,
          Map.copyOf(variables),
          directory);
      int exitCode = MigratorCommand.run(arguments, console);
      console.out().flush();
      console.err().flush();
      return new CommandRun(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
