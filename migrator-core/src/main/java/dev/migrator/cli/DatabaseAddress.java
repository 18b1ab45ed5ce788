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

  private Connections read() {
    Optional<String> option = given.get(Options.URL);
    Connections written = parse(option
        .or(() -> variable("DATABASE_URL"))
        .orElseThrow(() -> invalid(
            "there is no database to work on: neither --url nor DATABASE_URL is set.",
            "write --url postgresql://user@host:5432/name, or set DATABASE_URL.")));
    if (option.isPresent() && written.password().isPresent()) {
      console
          .err()
          .println("Warning: process lists show the password in --url."
              + " DATABASE_URL, PGPASSWORD, a pgpass file or --password-stdin keep it to itself.");
    }
    Optional<String> user = given.get(Options.USER).or(written::user).or(() -> variable("PGUSER"));
    Optional<String> password = given.has(Options.PASSWORD_STDIN)
        ? Optional.of(firstLine())
        : written.password().or(() -> variable("PGPASSWORD"));
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

  private Optional<String> variable(String name) {
    return Optional.ofNullable(console.variables().get(name)).filter(value -> !value.isBlank());
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
