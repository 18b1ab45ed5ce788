package dev.migrator.internal.scratch;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.util.List;

/** What keeps a database from being dropped even by force: prepared transactions and subscriptions, which scripts left in it. */
final class Obstacles {

  private static final String PREPARED = """
      SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()
      """;

  private static final String SUBSCRIPTIONS = """
      SELECT subname FROM pg_catalog.pg_subscription
       WHERE subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
      """;

  private Obstacles() {}

  /**
   * Takes them away.
   *
   * @throws CommandFailedException when the server refuses
   */
  static void remove(ScratchDatabase database) {
    try (Session session = database.open()) {
      for (String transaction : session.query(Command.of(PREPARED), row -> row.text(1))) {
        run(session, "ROLLBACK PREPARED " + Identifiers.constant(transaction));
      }
      for (String name : session.query(Command.of(SUBSCRIPTIONS), row -> row.text(1))) {
        String subscription = Identifiers.quote(name);
        run(session, "ALTER SUBSCRIPTION " + subscription + " DISABLE");
        // The slot belongs to the other server, which may be gone or not ours to touch.
        run(session, "ALTER SUBSCRIPTION " + subscription + " SET (slot_name = NONE)");
        run(session, "DROP SUBSCRIPTION " + subscription);
      }
    }
  }

  private static void run(Session session, String command) {
    session.stepwise(List.of(Command.of(command)));
  }
}
