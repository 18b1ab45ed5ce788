package dev.migrator.internal.jdbc;

import dev.migrator.config.Connections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * An address as the driver reads it, for programs that are no drivers.
 *
 * @param hosts names or addresses, as many as ports
 * @param ports the ports
 * @param database the database
 * @param user who connects
 * @param parameters what else the URL says, by the driver's names; no user and no password
 */
public record DriverAddress(
    List<String> hosts,
    List<String> ports,
    String database,
    String user,
    Map<String, String> parameters) {

  /** The parts that have a place of their own. */
  private static final List<String> PLACED =
      List.of("PGHOST", "PGPORT", "PGDBNAME", "user", "password", "service");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when the driver cannot
   */
  public static DriverAddress of(Connections connections) {
    Properties read = Driver.parseURL(connections.jdbcUrl(), new Properties());
    if (read == null) {
      throw new IllegalArgumentException("the driver does not accept the address");
    }
    Map<String, String> parameters = new TreeMap<>();
    read.stringPropertyNames().stream()
        .filter(name -> !PLACED.contains(name))
        .forEach(name -> parameters.put(name, read.getProperty(name)));
    String user = connections
        .user()
        .orElseGet(() -> orElse(read.getProperty("user"), System.getProperty("user.name", "")));
    return new DriverAddress(
        List.of(hosts(orElse(PGProperty.PG_HOST.getOrDefault(read), "localhost"))),
        List.of(orElse(PGProperty.PG_PORT.getOrDefault(read), "5432").split(",")),
        orElse(PGProperty.PG_DBNAME.getOrDefault(read), user),
        user,
        parameters);
  }

  private static String[] hosts(String text) {
    String[] hosts = text.split(",");
    for (int i = 0; i < hosts.length; i++) {
      // An IPv6 address has brackets in a URL and nowhere else.
      hosts[i] = hosts[i].replaceFirst("^\\[(.*)]$", "$1");
    }
    return hosts;
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }
}
