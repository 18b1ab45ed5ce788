package consumer;

import dev.migrator.MigrationEngine;
import dev.migrator.config.Environment;
import dev.migrator.report.MigrationReport;
import org.postgresql.ds.PGSimpleDataSource;

/** A program of somebody who has migrator-core and nothing else. */
public final class Consumer {
  private Consumer() {}

  /**
   * Migrates a database.
   *
   * @param args the database's JDBC URL, user and password, and the folder with the scripts
   */
  public static void main(String[] args) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setURL(args[0]);
    dataSource.setUser(args[1]);
    dataSource.setPassword(args[2]);

    MigrationReport report =
        MigrationEngine.builder()
            .dataSource(dataSource)
            .locations("filesystem:" + args[3])
            .environment(Environment.DEVELOPMENT)
            .build()
            .migrate();

    System.out.println("applied " + report.steps().size());
  }
}
