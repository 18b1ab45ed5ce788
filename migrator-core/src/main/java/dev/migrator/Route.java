package dev.migrator;

import dev.migrator.internal.history.Located;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to the server that an operation takes: through the data source, or past its pooler, directly. */
final class Route {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationEngine.class);

  private final Settings settings;
  private boolean direct;
  private boolean told;

  Route(Settings settings) {
    this.settings = settings;
  }

  /** A session on the way that was taken before. */
  Session open() {
    DataSource directly = settings.database().direct();
    return Session.open(
        direct && directly != null ? directly : settings.database().dataSource());
  }

  /** Whether there is a direct way that was not taken yet. */
  boolean hasDirect() {
    return settings.database().direct() != null && !direct;
  }

  /** Whether a pooler is on the way; said once, when there is nothing else to be done about it. */
  boolean isPooled(Session session) {
    boolean pooled = session.isPooled();
    if (pooled && !hasDirect() && !told) {
      told = true;
      LOG.info(
          "A connection pooler is between this process and the server: the lock is taken within each transaction, and"
              + " migrations without a transaction are refused");
    }
    return pooled;
  }

  /**
   * A direct session instead of one through a pooler, which is given back.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it leads to other tracking tables
   */
  Session past(Session pooled) {
    Located there = settings.locate(pooled).located();
    pooled.close();
    Session session = Session.open(Objects.requireNonNull(settings.database().direct()));
    try {
      Located here = settings.locate(session).located();
      if (!here.database().equals(there.database()) || !here.names().equals(there.names())) {
        throw elsewhere(there, here);
      }
    } catch (MigrationException e) {
      session.close();
      throw e;
    }
    // Not before it is known to lead to the same tables: a reconnection does not look.
    direct = true;
    LOG.info(
        "A connection pooler is between this process and the server: the operation uses the direct address instead");
    return session;
  }

  /** How to give the engine a session that stays the same. */
  String advice() {
    return settings.database().direct() == null
        ? "name the server's own address beside the data source, for example"
            + " connections(Connections.to(\"postgresql://host:5432/name\")); on the command line let --url"
            + " name it, in Micronaut set migrator.datasources.<name>.direct-url."
        : "let connections(..) name the server's own address; the present one leads through a pooler too.";
  }

  private static MigrationException elsewhere(Located there, Located here) {
    return MigrationException.because(
            FailureCode.CONFIGURATION_INVALID,
            "the data source and the direct address lead to different tracking tables: "
                + words(there) + " and " + words(here) + ".")
        .done("nothing was changed.", List.of())
        .advice(
            "let connections(..) name the same database and the same user, or set trackingSchema(..).")
        .build();
  }

  private static String words(Located located) {
    return located.names() + " in database " + located.database();
  }
}
