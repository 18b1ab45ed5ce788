package dev.migrator.internal.execute;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.jdbc.SessionState;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * What the statements of a script set for the session that its later ones run in. Where the script goes on in another
 * session, SET, RESET and set_config are sent again; what code and queries have set is looked up after them and set again
 * by its value.
 */
final class KeptSettings {

  private final Session session;
  private final Step step;

  KeptSettings(Session session, Step step) {
    this.session = session;
    this.step = step;
  }

  /** The settings of the session before statements; none when their text tells all that they set. */
  Map<String, String> before(List<Statement> statements) {
    return statements.stream().anyMatch(KeptSettings::mayHide) ? read() : Map.of();
  }

  /** What statements have set whose text does not tell it. */
  Map<String, String> changed(List<Statement> statements, Map<String, String> before) {
    if (statements.stream().noneMatch(KeptSettings::mayHide)) {
      return Map.of();
    }
    Map<String, String> now = read();
    now.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    return now;
  }

  /** What sets again what a finished statement has set. */
  Message again(Message message, Statement statement, int ordinal) {
    if (statement.onlySets()) {
      message.add(step, statement, ordinal);
    }
    if (step.resume() != null) {
      step.resume()
          .settings()
          .getOrDefault(ordinal, Map.of())
          .forEach((name, value) -> message.add(
              Message.Purpose.FRAME,
              step,
              Command.of("SELECT pg_catalog.set_config($1, $2, false)", name, value)));
    }
    return message;
  }

  private static boolean mayHide(Statement statement) {
    return statement.touchesSession() && !statement.onlySets();
  }

  private Map<String, String> read() {
    return SessionState.settings(session, step.work().settings());
  }
}
