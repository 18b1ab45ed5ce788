package dev.migrator.benchmark;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Flyway. */
final class FlywayContender implements Contender {

  static final String NAME = "Flyway";

  /** With the setting that its documentation has for CREATE INDEX CONCURRENTLY. */
  static final String SESSION_LOCK = "Flyway, `postgresql.transactional.lock=false`";

  private final String name;

  FlywayContender() {
    this(NAME);
  }

  private FlywayContender(String name) {
    this.name = name;
  }

  static FlywayContender withSessionLock() {
    return new FlywayContender(SESSION_LOCK);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void lookPackaged(DataSource database, Scripts scripts) {
    look(database, scripts.loader(scripts.jar()));
  }

  static void look(DataSource database, ClassLoader loader) {
    Flyway.configure(loader)
        .dataSource(database)
        .locations("classpath:" + Scripts.PACKAGED)
        .load()
        .migrate();
  }

  @Override
  public void apply(DataSource database, Scripts scripts) {
    FluentConfiguration configuration = Flyway.configure()
        .dataSource(database)
        .locations("filesystem:" + scripts.folder());
    if (name.equals(SESSION_LOCK)) {
      configuration
          .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
          .setTransactionalLock(false);
    }
    configuration.load().migrate();
  }
}
