package dev.migrator.internal.execute;

import dev.migrator.internal.execute.Onlooker.Place;
import dev.migrator.internal.jdbc.Replies;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.sql.Statement;

/** A message that is sent command by command, so that somebody can look before and after each statement of a script. */
final class OnlookedMessage {

  private final Session session;
  private final Message message;
  private final Onlooker onlooker;
  private boolean begun;
  private long sent;

  OnlookedMessage(Session session, Message message, Onlooker onlooker) {
    this.session = session;
    this.message = message;
    this.onlooker = onlooker;
  }

  Replies send() {
    boolean done = false;
    try {
      before(0);
      Replies replies = session.stepwise(message.commands(), index -> {
        after(index);
        before(index + 1);
      });
      done = true;
      return replies;
    } finally {
      if (!done) {
        onlooker.failed();
      }
    }
  }

  private void before(int index) {
    if (index < message.commands().size()) {
      Message.Origin origin = message.origin(index);
      Statement statement = origin.statement();
      if (statement != null) {
        onlooker.before(session, statement, origin.ordinal(), place());
        begun = true;
      }
      sent = System.nanoTime();
    }
  }

  private Place place() {
    if (message.commands().size() == 1) {
      return Place.ALONE;
    }
    return begun ? Place.FOLLOWS : Place.BEGINS;
  }

  private void after(int index) {
    Message.Origin origin = message.origin(index);
    Statement statement = origin.statement();
    if (statement != null) {
      onlooker.after(session, statement, origin.ordinal(), Execution.since(sent));
    }
  }
}
