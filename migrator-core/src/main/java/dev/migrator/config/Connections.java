package dev.migrator.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the database directly: an address and credentials that a {@code DataSource} does not give away.
 *
 * <p>Used where a pool's connection will not do: by programs without a pool, and for work that must not pass through a
 * pooler. {@link #toString()} never shows the password, nor do the engine's messages.
 */
public final class Connections {

  private static final String JDBC = "jdbc:postgresql:";

  /** Names or addresses, each perhaps with a port, divided by commas. */
  private static final Pattern HOSTS = Pattern.compile(
      "H(?:,H)*".replace("H", "(?:\\[[0-9a-fA-F:.%]*]|[^\\s:@\\[\\],]*)(?::[0-9]{1,5})?"));

  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_.]*");

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(sslpassword=)[^&]*", Pattern.CASE_INSENSITIVE);

  private final String jdbcUrl;
  private final @Nullable String user;
  private final @Nullable String password;

  private Connections(String jdbcUrl, @Nullable String user, @Nullable String password) {
    this.jdbcUrl = jdbcUrl;
    this.user = user;
    this.password = password;
  }

  /**
   * The address that a text writes, in libpq's form ({@code postgresql://user:password@host:5432/database?sslmode=require})
   * or in JDBC's ({@code jdbc:postgresql://host:5432/database?user=u}). A user and a password in the text are taken out of
   * it and kept apart.
   *
   * @throws IllegalArgumentException when the text has neither form, or a part of it cannot be one because a special
   *     character in user or password is not percent-encoded; the message does not repeat the text
   */
  public static Connections to(String url) {
    if (url.startsWith(JDBC)) {
      return fromJdbc(url);
    }
    if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
      return fromLibpq(url);
    }
    throw new IllegalArgumentException(
        "the database URL must begin with postgresql://, postgres:// or jdbc:postgresql:");
  }

  /** The same address with another user; {@code null} leaves it to the driver (the operating system's user). */
  public Connections withUser(@Nullable String newUser) {
    return new Connections(jdbcUrl, newUser, password);
  }

  /** The same address with another password; {@code null} leaves it to the driver (a pgpass file). */
  public Connections withPassword(@Nullable String newPassword) {
    return new Connections(jdbcUrl, user, newPassword);
  }

  /**
   * The same server and credentials with another database.
   *
   * @param database the name as the server has it; what a URL cannot hold is encoded
   */
  public Connections withDatabase(String database) {
    int query = jdbcUrl.indexOf('?');
    String base = query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
    int path =
        base.startsWith(JDBC + "//") ? base.indexOf('/', JDBC.length() + 2) : JDBC.length() - 1;
    String encoded = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    return new Connections(
        base.substring(0, path + 1) + encoded + (query < 0 ? "" : jdbcUrl.substring(query)),
        user,
        password);
  }

  /** The database's name; empty when the address has none, and the driver takes the user's name. */
  public Optional<String> database() {
    String address = address();
    String name =
        jdbcUrl.startsWith(JDBC + "//") ? address.substring(address.indexOf('/') + 1) : address;
    // As the driver does, which takes a plus sign for a space.
    return name.isEmpty() ? Optional.empty() : Optional.of(decode(name));
  }

  /** The address in JDBC's form, without user and password. */
  public String jdbcUrl() {
    return jdbcUrl;
  }

  /** Hosts, ports and database, as messages name them: without parameters, user and password. */
  public String address() {
    int query = jdbcUrl.indexOf('?');
    String base = query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
    return base.substring(base.startsWith(JDBC + "//") ? JDBC.length() + 2 : JDBC.length());
  }

  /** The user, where one is set. */
  public Optional<String> user() {
    return Optional.ofNullable(user);
  }

  /** The password, where one is set. */
  public Optional<String> password() {
    return Optional.ofNullable(password);
  }

  /** Address and user; never the password. */
  @Override
  public String toString() {
    String shown = SECRET_PARAMETER.matcher(jdbcUrl).replaceAll("$1****");
    return user == null ? shown : shown + " as " + user;
  }

  private static Connections fromJdbc(String url) {
    if (url.startsWith(JDBC + "//")) {
      return fromParts(Parts.of(url, JDBC.length() + 2), UnaryOperator.identity());
    }
    int query = url.indexOf('?');
    return query < 0
        ? new Connections(url, null, null)
        : fromParts(
            new Parts(url.substring(0, query), null, null, url.substring(query + 1)),
            UnaryOperator.identity());
  }

  private static Connections fromLibpq(String url) {
    return fromParts(Parts.of(url, url.indexOf("//") + 2), Connections::parameterForDriver);
  }

  /** An address in pieces; {@code base} is the driver's, without parameters. */
  private record Parts(
      String base, @Nullable String user, @Nullable String password, String query) {

    /**
     * Takes a URL apart.
     *
     * <p>A password with a character that ends the authority would put its rest where others look for a host, a database or
     * a parameter, and print it; so each of them must look like one.
     */
    static Parts of(String url, int start) {
      int path = url.indexOf('/', start);
      int query = url.indexOf('?', start);
      int pathStart = path >= 0 && (query < 0 || path < query) ? path : -1;
      int end = pathStart >= 0 ? pathStart : query >= 0 ? query : url.length();
      String authority = url.substring(start, end);
      int at = authority.lastIndexOf('@');
      String hosts = authority.substring(at + 1);
      String database = url.substring(end, query < 0 ? url.length() : query);
      if (!HOSTS.matcher(hosts).matches() || database.indexOf('@') >= 0) {
        throw unreadable();
      }
      String base = JDBC + "//" + (hosts.isEmpty() ? "localhost" : hosts)
          + (database.isEmpty() ? "/" : database);
      String parameters = query < 0 ? "" : url.substring(query + 1);
      if (at < 0) {
        return new Parts(base, null, null, parameters);
      }
      String credentials = authority.substring(0, at);
      int colon = credentials.indexOf(':');
      return new Parts(
          base,
          decode(colon < 0 ? credentials : credentials.substring(0, colon)),
          colon < 0 ? null : decode(credentials.substring(colon + 1)),
          parameters);
    }
  }

  private static Connections fromParts(Parts parts, UnaryOperator<String> forDriver) {
    String user = parts.user();
    String password = parts.password();
    List<String> kept = new ArrayList<>();
    for (String parameter : parts.query().split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      switch (name) {
        case "" -> {}
        case "user" -> user = decode(value);
        case "password" -> password = decode(value);
        default -> {
          if (!PARAMETER.matcher(name).matches() || (equals < 0 && !name.equals("ssl"))) {
            throw unreadable();
          }
          kept.add(forDriver.apply(name + "=" + value));
        }
      }
    }
    String url = kept.isEmpty() ? parts.base() : parts.base() + "?" + String.join("&", kept);
    return new Connections(url, user, password);
  }

  /** A parameter of libpq as the driver calls it, where their names differ. */
  private static String parameterForDriver(String parameter) {
    int equals = parameter.indexOf('=');
    String name = parameter.substring(0, equals);
    String value = parameter.substring(equals + 1);
    return switch (name) {
      case "application_name" -> "ApplicationName=" + value;
      case "connect_timeout" -> "connectTimeout=" + value;
      case "channel_binding" -> "channelBinding=" + value;
      case "gssencmode" -> "gssEncMode=" + value;
      case "target_session_attrs" -> "targetServerType=" + serverType(value);
      case "host", "hostaddr", "port", "dbname" ->
        throw new IllegalArgumentException("the database URL must have '" + name
            + "' before its question mark: postgresql://user@host:5432/name");
      default -> parameter;
    };
  }

  private static String serverType(String sessionAttributes) {
    return switch (sessionAttributes) {
      case "read-write", "primary" -> "primary";
      case "read-only", "standby" -> "secondary";
      case "prefer-standby" -> "preferSecondary";
      default -> "any";
    };
  }

  /** Percent signs only; a plus sign is itself, as libpq has it. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Its message quotes what it could not read.
      throw unreadable();
    }
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "the database URL cannot be read: in user and password write % as %25, : as %3A, / as %2F, ? as %3F, # as %23,"
            + " & as %26 and @ as %40");
  }
}
