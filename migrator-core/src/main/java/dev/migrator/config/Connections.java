package dev.migrator.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the database directly: an address and credentials that a {@code DataSource} does not give away.
 *
 * <p>Used where a pool's connection will not do: by programs without a pool, and for work that must not pass through a
 * pooler. {@link #toString()} never shows the password, nor do the engine's messages.
 */
public final class Connections {

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
   * @throws IllegalArgumentException when the text has neither form; the message does not repeat the text, which may hold
   *     a password
   */
  public static Connections to(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
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

  /** The address in JDBC's form, without user and password. */
  public String jdbcUrl() {
    return jdbcUrl;
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
    return user == null ? jdbcUrl : jdbcUrl + " as " + user;
  }

  private static Connections fromJdbc(String url) {
    int query = url.indexOf('?');
    if (query < 0) {
      return new Connections(url, null, null);
    }
    return withParameters(url.substring(0, query), url.substring(query + 1), null, null);
  }

  private static Connections fromLibpq(String url) {
    int authorityStart = url.indexOf("//") + 2;
    int pathStart = url.indexOf('/', authorityStart);
    int queryStart = url.indexOf('?', authorityStart);
    int authorityEnd = pathStart >= 0 ? pathStart : queryStart >= 0 ? queryStart : url.length();
    String authority = url.substring(authorityStart, authorityEnd);
    int at = authority.lastIndexOf('@');
    String user = null;
    String password = null;
    if (at >= 0) {
      String credentials = authority.substring(0, at);
      int colon = credentials.indexOf(':');
      user = decode(colon < 0 ? credentials : credentials.substring(0, colon));
      password = colon < 0 ? null : decode(credentials.substring(colon + 1));
    }
    String hosts = authority.substring(at + 1);
    String path = url.substring(authorityEnd, queryStart < 0 ? url.length() : queryStart);
    String address = "jdbc:postgresql://" + (hosts.isEmpty() ? "localhost" : hosts)
        + (path.isEmpty() ? "/" : path);
    return withParameters(
        address, queryStart < 0 ? "" : url.substring(queryStart + 1), user, password);
  }

  private static Connections withParameters(
      String address, String query, @Nullable String givenUser, @Nullable String givenPassword) {
    String user = givenUser;
    String password = givenPassword;
    List<String> kept = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      switch (name) {
        case "" -> {}
        case "user" -> user = decode(value);
        case "password" -> password = decode(value);
        default -> kept.add(parameterForDriver(name, value));
      }
    }
    String url = kept.isEmpty() ? address : address + "?" + String.join("&", kept);
    return new Connections(url, user, password);
  }

  /** libpq's names of two parameters differ from the driver's. */
  private static String parameterForDriver(String name, String value) {
    return switch (name) {
      case "application_name" -> "ApplicationName=" + value;
      case "connect_timeout" -> "connectTimeout=" + value;
      default -> name + "=" + value;
    };
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
