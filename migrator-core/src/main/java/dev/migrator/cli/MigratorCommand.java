package dev.migrator.cli;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.StopAtShutdown;
import dev.migrator.config.Connections;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.JsonReport;
import dev.migrator.render.SafeText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program {@code migrator}: reads a command line, does what it says, and ends with the exit code that tells how. */
public final class MigratorCommand {

  /** The exit code for a failure that nobody foresaw. */
  static final int UNEXPECTED = 2;

  /** The folder that scripts are looked for in when no option says another: the library's default, on disk. */
  static final String DEFAULT_LOCATION = "filesystem:db/migration";

  /** Kept, because the JDK forgets what was set in a logger that nobody holds. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  private final Console console;
  private boolean json;
  private boolean verbose;
  private boolean recorded;

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
    System.exit(run(arguments, Console.ofProcess()));
  }

  /** Runs the program; nothing is thrown. */
  static int run(List<String> arguments, Console console) {
    return new MigratorCommand(console, arguments).run(arguments);
  }

  private int run(List<String> arguments) {
    return told(() -> {
      Syntax.Request request = new Syntax(arguments).read();
      if (request instanceof Syntax.Request.Call call) {
        Arguments given = call.given();
        Configuration.complete(call.verb(), given, console);
        json = given.has(Options.JSON);
        recorded = LogFiles.isOf(call.verb());
        verbose = given.has(Options.VERBOSE);
        if (verbose) {
          System.setProperty(ConsoleLogging.VERBOSE, "true");
        }
        return given.has(ConfigOptions.SHOW_CONFIG)
            ? print(EffectiveSettings.of(call.verb(), given, console))
            : perform(call);
      }
      if (request instanceof Syntax.Request.Answer answer) {
        console.out().print(answer.text());
        console.out().flush();
      }
      return complete(0);
    });
  }

  private int perform(Syntax.Request.Call call) {
    Verb.Work work = call.verb().work();
    if (work instanceof Verb.Work.OnFiles files) {
      return print(files.operation().apply(call.given()));
    }
    if (work instanceof Verb.Work.OnScripts scripts) {
      return perform(scripts.operation().apply(call.given(), console));
    }
    if (work instanceof Verb.Work.OnEither either) {
      return perform(either.operation().apply(call.given(), console));
    }
    Connections connections = DatabaseAddress.of(call.given(), console);
    MigrationEngineBuilder builder = MigrationEngine.builder().connections(connections);
    CheckOptions.defaults(call.verb(), call.given(), builder);
    call.given().tell(builder);
    ReviewOptions.tell(builder, call.given(), console);
    RunProgress progress = RunProgress.on(console, json);
    Optional<LogFiles> log = LogFiles.of(call.verb(), call.given(), console);
    log.ifPresent(builder::listener);
    MigrationEngine engine = builder.listener(progress).build();
    Verb.Work.OnDatabase.Operation operation = ((Verb.Work.OnDatabase) work).operation();
    Supplier<Outcome> asked = () -> {
      CreateDatabase.ifAsked(call.given(), console, engine, connections);
      return progress.around(() -> operation.run(engine, call.given(), console));
    };
    return StopAtShutdown.during(
        engine, () -> told(() -> print(log.map(files -> files.around(asked)).orElseGet(asked))));
  }

  /** A process that is told to end waits until the outcome is printed, a failure too. */
  private int perform(Verb.Job job) {
    return StopAtShutdown.during(
        job.cancel(), job.longestWait(), () -> told(() -> print(job.work().get())));
  }

  private int print(Outcome outcome) {
    if (json) {
      console.printJson(outcome.json().get());
    } else {
      console.out().print(outcome.text().get());
      console.out().flush();
    }
    return complete(outcome.exitCode());
  }

  /**
   * A result that did not get to where it was sent is none: a snapshot that ends in the middle is worse than a failure. But what a
   * run has done is done, and a failure would have somebody take it back.
   */
  private int complete(int exitCode) {
    IOException lost = ConsoleStream.lost(console.out());
    if (lost == null) {
      return exitCode;
    }
    console
        .err()
        .println(
            "The result could not be written to standard output: " + SafeText.of(lost)
                + ".\n  Already done: what the command does is done, but for this."
                + "\n  Next: make room, or send it elsewhere; 'migrator history' lists what was changed.");
    return exitCode == 0 && !recorded ? FailureCode.CONFIGURATION_INVALID.exitCode() : exitCode;
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

  /** On a terminal what went wrong stands out; the rest says what to do. */
  private String highlighted(String message) {
    int end = message.indexOf('\n');
    TerminalStyle style = TerminalStyle.of(console);
    return end < 0
        ? style.alarming(message)
        : style.alarming(message.substring(0, end)) + message.substring(end);
  }

  private void failed(Throwable failure, String document, String message) {
    if (json) {
      console.printJson(document);
    }
    console.err().println(json ? message : highlighted(message));
    if (verbose) {
      console.err().print(SafeText.trace(failure));
    }
    console.err().flush();
  }
}
