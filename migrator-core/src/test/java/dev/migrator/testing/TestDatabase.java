package dev.migrator.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An empty database for one test, and everything that belongs to it.
 *
 * <p>Its user is a superuser. Thread-safe.
 */
public final class TestDatabase implements AutoCloseable {
  private final PostgresServer server;
  private final String name;
  private final List<TestDatabase> siblings = new CopyOnWriteArrayList<>();
  private final List<TestRole> roles = new CopyOnWriteArrayList<>();

  TestDatabase(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /**
   * The database's name.
   *
   * @return a name that is safe to write without quotes
   */
  public String name() {
    return name;
  }

  /**
   * Where the database is, without user and password.
   *
   * @return a URL for the PostgreSQL driver
   */
  public String jdbcUrl() {
    // The driver ends the URL with a question mark when there are no parameters.
    String url = dataSource().getURL();
    return url.endsWith("?") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * Who connects.
   *
   * @return a superuser
   */
  public String user() {
    return server.user();
  }

  /**
   * What {@link #user()} says to the server.
   *
   * @return the password, which an embedded server does not check for the superuser
   */
  public String password() {
    return server.password();
  }

  /**
   * What runs.
   *
   * @return the version that the server itself reports
   */
  public ServerVersion serverVersion() {
    return server.version();
  }

  /**
   * Unpooled connections.
   *
   * @return a new data source every time, so that a test may change its settings
   */
  public PGSimpleDataSource dataSource() {
    return server.dataSource(name, server.user(), server.password());
  }

  /**
   * Unpooled connections of a role.
   *
   * @param role who connects
   * @return a new data source every time
   */
  public PGSimpleDataSource dataSource(TestRole role) {
    return server.dataSource(name, role.name(), role.password());
  }

  /**
   * Runs statements on a connection of their own, in autocommit.
   *
   * @param sql one statement or several
   * @throws IllegalStateException if the server refuses; the cause is the driver's exception
   */
  public void execute(String sql) {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  /**
   * Asks on a connection of its own.
   *
   * @param sql a query
   * @param parameters values for its question marks
   * @return the rows, each value as the server writes it ({@code t} for true) and {@code NULL} for null
   * @throws IllegalStateException if the server refuses; the cause is the driver's exception
   */
  public List<List<String>> query(String sql, Object... parameters) {
    try (Connection connection = dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        List<List<String>> rows = new ArrayList<>();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int column = 1; column <= columns; column++) {
            String value = result.getString(column);
            row.add(value == null ? "NULL" : value);
          }
          rows.add(List.copyOf(row));
        }
        return List.copyOf(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  /**
   * Asks for a single value.
   *
   * @param sql a query whose result is one row of one column
   * @param parameters values for its question marks
   * @return the value, as {@link #query} writes it
   * @throws IllegalStateException if the server refuses, or the result has another shape
   */
  public String value(String sql, Object... parameters) {
    List<List<String>> rows = query(sql, parameters);
    if (rows.size() != 1 || rows.get(0).size() != 1) {
      throw new IllegalStateException(sql + ": expected one value, got " + rows);
    }
    return rows.get(0).get(0);
  }

  /**
   * The advisory locks that are held in this database right now.
   *
   * @return one line for each, empty when there is none
   */
  public List<String> advisoryLocks() {
    try (Connection connection = server.connect()) {
      return Leaks.advisoryLocks(connection, name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A further empty database on the same server, closed together with this one.
   *
   * @return another database
   */
  public TestDatabase sibling() {
    TestDatabase sibling = server.createDatabase();
    siblings.add(sibling);
    return sibling;
  }

  /**
   * A further database on the same server, as this one is now; closed together with it. Nobody may be connected here.
   *
   * @return a copy that the server made
   */
  public TestDatabase copy() {
    TestDatabase copy = server.createDatabase(name);
    siblings.add(copy);
    return copy;
  }

  /**
   * A role that may log in; dropped together with this database.
   *
   * <p>Roles belong to the whole server, so its name is made up.
   *
   * @param options further options of {@code CREATE ROLE}, such as {@code NOINHERIT} or {@code CREATEDB}
   * @return the role
   */
  public TestRole createRole(String... options) {
    TestRole role = new TestRole(server.uniqueName("_role"), "secret of " + name);
    server.execute("CREATE ROLE %s LOGIN PASSWORD '%s' %s"
        .formatted(role.name(), role.password(), String.join(" ", options)));
    roles.add(role);
    return role;
  }

  /**
   * Drops the database, its siblings and its roles.
   *
   * @throws AssertionError if a connection, an advisory lock or a prepared transaction was left behind;
   *     everything has been dropped all the same
   */
  @Override
  public void close() {
    List<String> leaks = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      List<TestDatabase> family = family();
      for (TestDatabase database : family) {
        leaks.addAll(database.drop(connection));
      }
      // A role can go once no database holds anything of it.
      for (TestDatabase database : family) {
        for (TestRole role : database.roles) {
          statement.execute("DROP ROLE " + role.name());
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot drop " + name + ": " + e.getMessage(), e);
    }
    if (!leaks.isEmpty()) {
      throw new AssertionError("The test left behind:\n  " + String.join("\n  ", leaks));
    }
  }

  private List<TestDatabase> family() {
    List<TestDatabase> family = new ArrayList<>();
    family.add(this);
    siblings.forEach(sibling -> family.addAll(sibling.family()));
    return family;
  }

  private List<String> drop(Connection connection) throws SQLException {
    List<String> leaks = Leaks.of(connection, name);
    if (!leaks.isEmpty()) {
      // FORCE ends sessions, but not these.
      try (Connection inside = dataSource().getConnection()) {
        Leaks.endPreparedTransactions(inside);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
    return leaks;
  }
}
