package dev.migrator.cli;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.StopAtShutdown;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.JsonReport;
import dev.migrator.render.SafeText;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program {@code migrator}: reads a command line, does what it says, and ends with the exit code that tells how. */
public final class MigratorCommand {

  /** The exit code for a failure that nobody foresaw. */
  private static final int UNEXPECTED = 2;

  /** The folder that scripts are looked for in when no option says another: the library's default, on disk. */
  private static final String DEFAULT_LOCATION = "filesystem:db/migration";

  /** Kept, because the JDK forgets what was set in a logger that nobody holds. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  private final Console console;
  private final boolean json;
  private final boolean verbose;

  private MigratorCommand(Console console, List<String> arguments) {
    this.console = console;
    // Not from the parser: its own failures are told in the same way.
    this.json = arguments.contains(Options.JSON.name());
    this.verbose = arguments.contains(Options.VERBOSE.name());
  }

  /**
   * Runs the program and ends the process.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    List<String> arguments = List.of(args);
    // The driver logs what it also throws, and what it could not read of a URL.
    DRIVER.setLevel(Level.OFF);
    if (arguments.contains(Options.VERBOSE.name())) {
      System.setProperty(ConsoleLogging.VERBOSE, "true");
    }
    System.exit(run(arguments, Console.ofProcess()));
  }

  /** Runs the program; nothing is thrown. */
  static int run(List<String> arguments, Console console) {
    return new MigratorCommand(console, arguments).run(arguments);
  }

  private int run(List<String> arguments) {
    return told(() -> {
      Syntax.Request request = new Syntax(arguments).read(arguments);
      if (request instanceof Syntax.Request.Call call) {
        return perform(call);
      }
      if (request instanceof Syntax.Request.Answer answer) {
        console.out().print(answer.text());
        console.out().flush();
      }
      return 0;
    });
  }

  private int perform(Syntax.Request.Call call) {
    Verb.Work work = call.verb().work();
    if (work instanceof Verb.Work.OnFiles files) {
      return print(files.operation().apply(call.given()));
    }
    MigrationEngineBuilder builder = MigrationEngine.builder()
        .connections(DatabaseAddress.of(call.given(), console))
        .locations(DEFAULT_LOCATION);
    call.given().affect(builder);
    MigrationEngine engine = builder.build();
    BiFunction<MigrationEngine, Arguments, Outcome> operation =
        ((Verb.Work.OnDatabase) work).operation();
    // A process that is told to end waits until the outcome is printed, a failure too.
    return StopAtShutdown.during(
        engine, () -> told(() -> print(operation.apply(engine, call.given()))));
  }

  private int print(Outcome outcome) {
    if (json) {
      console.printJson(outcome.json().get());
    } else {
      console.out().print(outcome.text().get());
      console.out().flush();
    }
    return outcome.exitCode();
  }

  /** Does it, and tells of a failure instead of throwing it. */
  private int told(Supplier<Integer> work) {
    try {
      return work.get();
    } catch (MigrationException e) {
      failed(e, JsonReport.of(e), SafeText.of(e));
      return e.code().exitCode();
    } catch (RuntimeException | Error e) {
      failed(e, JsonReport.ofUnexpected(e), "Unexpected failure: " + SafeText.of(e));
      return UNEXPECTED;
    }
  }

  private void failed(Throwable failure, String document, String message) {
    if (json) {
      console.printJson(document);
    }
    console.err().println(message);
    if (verbose) {
      console.err().print(SafeText.trace(failure));
    }
    console.err().flush();
  }
}
