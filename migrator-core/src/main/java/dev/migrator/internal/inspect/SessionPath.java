package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import java.util.List;

/**
 * The search path of a session.
 *
 * @param setting its value
 * @param existing those of its schemas that exist, in order
 */
public record SessionPath(String setting, List<String> existing) {

  private static final Command SETTING =
      Command.of("SELECT pg_catalog.current_setting('search_path')");

  private static final Command EXISTING = Command.of(
      "SELECT s FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY AS u (s, place) ORDER BY place");

  /** That of a session, now. */
  public static SessionPath of(Session session) {
    return new SessionPath(
        session.queryOne(SETTING, row -> row.text(1)), session.query(EXISTING, row -> row.text(1)));
  }
}
