package dev.migrator.benchmark;

import dev.migrator.MigrationEngine;
import dev.migrator.config.Environment;
import javax.sql.DataSource;

/** Migrator. Its defaults ask for the environment, so that is said. */
final class MigratorContender implements Contender {

  static final String NAME = "Migrator";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void lookPackaged(DataSource database, Scripts scripts) {
    MigrationEngine.builder()
        .dataSource(database)
        .locations("classpath:" + Scripts.PACKAGED)
        .classLoader(scripts.loader(scripts.jar()))
        .environment(Environment.DEVELOPMENT)
        .build()
        .migrate();
  }

  @Override
  public void apply(DataSource database, Scripts scripts) {
    MigrationEngine.builder()
        .dataSource(database)
        .locations("filesystem:" + scripts.folder())
        .environment(Environment.DEVELOPMENT)
        .build()
        .migrate();
  }
}
