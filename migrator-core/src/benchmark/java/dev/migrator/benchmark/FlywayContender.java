package dev.migrator.benchmark;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Flyway. */
final class FlywayContender implements Contender {

  static final String NAME = "Flyway";

  @Override
  public String name() {
    return NAME;
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
    Flyway.configure()
        .dataSource(database)
        .locations("filesystem:" + scripts.folder())
        .load()
        .migrate();
  }
}
