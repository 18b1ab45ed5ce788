package dev.migrator.cli;

import dev.migrator.config.Connections;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Finds out which database is meant and who connects, from options, variables and standard input. */
final class DatabaseAddress {

  private static final String VARIABLE = "DATABASE_URL";

  private final Arguments given;
  private final Console console;

  private DatabaseAddress(Arguments given, Console console) {
    this.given = given;
    this.console = console;
  }

  /**
   * The address.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when there is none, or none that can be read
   */
  static Connections of(Arguments given, Console console) {
    return new DatabaseAddress(given, console).read();
  }

  /**
   * An address that another option than {@code --url} writes: whom it does not name, the variables of every PostgreSQL program
   * do.
   */
  static Connections withAccount(Connections written, Option<?> option, Console console) {
    if (written.password().isPresent()) {
      console
          .err()
          .println("Warning: process lists show the password in " + option.name()
              + ". PGPASSWORD or a pgpass file keep it to itself.");
    }
    return withAccount(written, console);
  }

  /** The same for an address that process lists do not show. */
  static Connections withAccount(Connections written, Console console) {
    return written
        .withUser(written.user().or(() -> console.variable("PGUSER")).orElse(null))
        .withPassword(
            written.password().or(() -> console.variable("PGPASSWORD")).orElse(null));
  }

  /** Where the address is written; {@code DATABASE_URL} is a variable, and comes before a file. */
  static Optional<Origin> origin(Arguments given, Console console) {
    Optional<Origin> option = given.origin(Options.URL);
    return option.isPresent() && option.get().rank() != Origin.Rank.FILE
        ? option
        : console.variable(VARIABLE).map(url -> Origin.variable(VARIABLE)).or(() -> option);
  }

  private Connections read() {
    Origin origin = origin(given, console)
        .orElseThrow(() -> invalid(
            "there is no database to work on: neither --url nor DATABASE_URL is set.",
            "write --url postgresql://user@host:5432/name, or set DATABASE_URL."));
    Connections written = parse(
        origin.name().equals(VARIABLE)
            ? console.variable(VARIABLE).orElseThrow()
            : given.require(Options.URL));
    if (origin.rank() == Origin.Rank.COMMAND_LINE && written.password().isPresent()) {
      console
          .err()
          .println("Warning: process lists show the password in --url."
              + " DATABASE_URL, PGPASSWORD, a pgpass file or --password-stdin keep it to itself.");
    }
    // A user in a file is not that of an address which takes the place of the file's.
    boolean nearer = given
        .origin(Options.USER)
        .filter(user -> user.rank().compareTo(origin.rank()) <= 0)
        .isPresent();
    Optional<String> option = given.get(Options.USER);
    Optional<String> user =
        nearer ? option : written.user().or(() -> option).or(() -> console.variable("PGUSER"));
    Optional<String> password = given.has(Options.PASSWORD_STDIN)
        ? Optional.of(firstLine())
        : written.password().or(() -> console.variable("PGPASSWORD"));
    return written.withUser(user.orElse(null)).withPassword(password.orElse(null));
  }

  private static Connections parse(String url) {
    try {
      return Connections.to(url);
    } catch (IllegalArgumentException e) {
      // Without the cause: a parser's message may quote a piece of the password.
      throw invalid(
          e.getMessage() + ".",
          "write postgresql://user@host:5432/name or jdbc:postgresql://host:5432/name.");
    }
  }

  private String firstLine() {
    try {
      String line = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))
          .readLine();
      if (line != null && !line.isEmpty()) {
        return line;
      }
    } catch (IOException e) {
      throw invalid(
          "standard input cannot be read: " + e.getMessage() + ".", "write the password to it.");
    }
    throw invalid(
        "--password-stdin was given, but the first line of standard input is empty.",
        "write the password to it, for example: migrator status --password-stdin < file.");
  }

  private static MigrationException invalid(String problem, String advice) {
    return MigrationException.because(FailureCode.CONFIGURATION_INVALID, problem)
        .done("nothing was changed.", List.of())
        .advice(advice)
        .build();
  }
}
