package dev.migrator.internal.execute;

import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.sql.Statement;
import java.time.Duration;

/** Looks at what every statement of a script does. What it throws ends the run as a failure of the engine's own. */
public interface Onlooker {

  /** Where a statement runs. */
  enum Place {
    /** In a transaction of which nothing of the script has run before. */
    BEGINS,
    /** In the transaction of the statement before it. */
    FOLLOWS,
    /** By itself, in no transaction of ours. */
    ALONE
  }

  /**
   * Before a statement; again for the same one when its transaction is tried once more.
   *
   * @param session the session that runs it, in its transaction, or in autocommit
   * @param ordinal its place in the script, from 1
   * @param place where it runs
   */
  void before(Session session, Statement statement, int ordinal, Place place);

  /**
   * After it succeeded.
   *
   * @param took how long the client waited for it
   */
  void after(Session session, Statement statement, int ordinal, Duration took);

  /** After it failed, when the session may be of no use any more. */
  void failed();
}
