package dev.migrator.benchmark;

import java.io.PrintStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.ConsoleUIService;

/** Liquibase, with formatted SQL: the same scripts, each with the two lines that make it a changeset. */
final class LiquibaseContender implements Contender {

  static final String NAME = "Liquibase";

  /** As quiet as the others; kept here, because the logging library forgets a logger that nobody holds. */
  private static final Logger LOGGER = Logger.getLogger("liquibase");

  static {
    LOGGER.setLevel(Level.WARNING);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  @SuppressWarnings("try") // its accessor declares every exception there is
  public void apply(DataSource database, Scripts scripts) throws Exception {
    ConsoleUIService silent = new ConsoleUIService();
    silent.setOutputStream(new PrintStream(OutputStream.nullOutputStream()));
    Scope.child(
        Map.of(Scope.Attr.ui.name(), silent),
        () -> {
          try (Connection connection = database.getConnection();
              DirectoryResourceAccessor folder =
                  new DirectoryResourceAccessor(scripts.changelogFolder())) {
            Liquibase liquibase =
                new Liquibase(Scripts.CHANGELOG, folder, new JdbcConnection(connection));
            liquibase.update(new Contexts());
          }
        });
  }
}
