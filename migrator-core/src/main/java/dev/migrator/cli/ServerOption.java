package dev.migrator.cli;

import dev.migrator.config.ThrowAwayServer;
import java.util.Optional;

/** The option that says where throw-away databases are made. */
final class ServerOption {

  private ServerOption() {}

  static final Option<ThrowAwayServer> SERVER = Option.of(
      "--server",
      "<server>",
      ThrowAwayServer::of,
      "Where throw-away databases are made: embedded:17, container:postgres:17, or the URL of a database on whose server"
          + " others may be created; PGUSER and PGPASSWORD count. Default: automatic, a container or an embedded server,"
          + " whichever of the two libraries is on the class path.");

  /** The server, where the option was given. */
  static Optional<ThrowAwayServer> of(Arguments given, Console console) {
    return given
        .get(SERVER)
        .map(server -> server instanceof ThrowAwayServer.Given address
            ? ThrowAwayServer.given(
                given
                        .origin(SERVER)
                        .filter(o -> o.rank() == Origin.Rank.COMMAND_LINE)
                        .isPresent()
                    ? DatabaseAddress.withAccount(address.connections(), SERVER, console)
                    : DatabaseAddress.withAccount(address.connections(), console))
            : server);
  }
}
