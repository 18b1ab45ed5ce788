package dev.migrator;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.ReversibleJavaMigration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Migrations in Java, as tests write them. */
class Coded implements JavaMigration {

  interface Body {
    void run(Connection connection) throws Exception;
  }

  private final String version;
  private final Body body;
  private String checksum = "1";
  private boolean transactional = true;

  Coded(String version, Body body) {
    this.version = version;
    this.body = body;
  }

  static Coded sql(String version, String... statements) {
    return new Coded(version, run(statements));
  }

  static Body run(String... statements) {
    return connection -> {
      for (String sql : statements) {
        execute(connection, sql);
      }
    };
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  Coded checksum(String value) {
    checksum = value;
    return this;
  }

  Coded withoutTransaction() {
    transactional = false;
    return this;
  }

  Reversible undoneBy(Body down) {
    Reversible reversible = new Reversible(this, down);
    ((Coded) reversible).checksum = checksum;
    ((Coded) reversible).transactional = transactional;
    return reversible;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String description() {
    return "coded";
  }

  @Override
  public String checksum() {
    return checksum;
  }

  @Override
  public boolean transactional() {
    return transactional;
  }

  @Override
  public void apply(Connection connection) throws Exception {
    body.run(connection);
  }

  /** One that can be undone. */
  static final class Reversible extends Coded implements ReversibleJavaMigration {

    private final Body down;

    private Reversible(Coded up, Body down) {
      super(up.version, up.body);
      this.down = down;
    }

    @Override
    public void rollback(Connection connection) throws Exception {
      down.run(connection);
    }
  }
}
