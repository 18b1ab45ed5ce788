package dev.migrator.internal.backup;

import dev.migrator.config.Connections;
import dev.migrator.internal.jdbc.DriverAddress;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment variables by which PostgreSQL's programs reach a database: everything of the address, so that a process
 * list shows none of it, and the password, which only the same user can read there. No file holds it.
 */
final class LibpqEnvironment {

  /** What says where things are, and not which database. */
  private static final Set<String> KEPT =
      Set.of("PGPASSFILE", "PGSYSCONFDIR", "PGLOCALEDIR", "PGSSLROOTCERT", "PGSSLCRL");

  /** What the driver and libpq mean alike. */
  private static final Map<String, String> NAMES = Map.ofEntries(
      Map.entry("sslmode", "PGSSLMODE"),
      Map.entry("sslrootcert", "PGSSLROOTCERT"),
      Map.entry("sslcert", "PGSSLCERT"),
      Map.entry("sslkey", "PGSSLKEY"),
      Map.entry("sslNegotiation", "PGSSLNEGOTIATION"),
      Map.entry("channelBinding", "PGCHANNELBINDING"),
      Map.entry("gssEncMode", "PGGSSENCMODE"),
      Map.entry("kerberosServerName", "PGKRBSRVNAME"),
      Map.entry("connectTimeout", "PGCONNECT_TIMEOUT"),
      Map.entry("requireAuth", "PGREQUIREAUTH"),
      Map.entry("options", "PGOPTIONS"));

  private static final Set<String> UNUSABLE = Set.of("socketFactory", "sslpassword");

  private LibpqEnvironment() {}

  /**
   * The variables for an address.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a program of PostgreSQL cannot go there
   */
  static Map<String, String> of(Connections connections) {
    return of(connections, "");
  }

  /**
   * The same.
   *
   * @param otherwise what else can be done where a program cannot go there, behind a comma
   */
  static Map<String, String> of(Connections connections, String otherwise) {
    DriverAddress address;
    try {
      address = DriverAddress.of(connections);
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage() + ".", "write the address as postgresql://user@host:5432/name.");
    }
    Map<String, String> variables = new TreeMap<>();
    variables.put("PGHOST", String.join(",", address.hosts()));
    variables.put("PGPORT", String.join(",", address.ports()));
    variables.put("PGDATABASE", address.database());
    variables.put("PGUSER", address.user());
    variables.put("PGAPPNAME", "migrator backup");
    connections.password().ifPresent(password -> variables.put("PGPASSWORD", password));
    String file = System.getProperty("org.postgresql.pgpassfile");
    if (file != null && !file.isEmpty()) {
      variables.put("PGPASSFILE", file);
    }
    if (address.hosts().size() > 1) {
      // A standby may be behind.
      variables.put("PGTARGETSESSIONATTRS", "read-write");
    }
    parameters(address.parameters(), variables, otherwise);
    variables.forEach(LibpqEnvironment::requireEncodable);
    return variables;
  }

  /** Gives a process these variables, and none that would lead it elsewhere. */
  static void give(Map<String, String> variables, Map<String, String> environment) {
    clear(environment);
    environment.putAll(variables);
  }

  /** Takes everything from a process that is about a database, and lets it say in English what goes wrong. */
  static void clear(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(name -> name.equals("DATABASE_URL")
            || name.startsWith("MIGRATOR_")
            || name.startsWith("PG") && !KEPT.contains(name));
    environment.remove("PGPASSWORD");
    String all = environment.remove("LC_ALL");
    if (all != null) {
      environment.put("LC_CTYPE", all);
    }
    environment.put("LC_MESSAGES", "C");
  }

  private static void parameters(
      Map<String, String> given, Map<String, String> variables, String otherwise) {
    given.forEach((name, value) -> {
      if (UNUSABLE.contains(name)) {
        throw invalid(
            "PostgreSQL's programs have nothing like the parameter " + name
                + " of the database's address.",
            (name.equals("sslpassword")
                    ? "use a key without a passphrase, readable by its owner only"
                    : "let connections(..) name an address that they reach too")
                + otherwise + ".");
      }
      String variable = NAMES.get(name);
      // The driver's "allow" is libpq's default, which has no such word.
      if (variable != null && !(name.equals("gssEncMode") && value.equals("allow"))) {
        variables.put(variable, value);
      }
    });
    String ssl = given.get("ssl");
    if (ssl != null && !given.containsKey("sslmode") && !ssl.equals("false")) {
      // As the driver has it: whoever asks for TLS in this way asks who is at the other end, unless
      // a factory takes anybody.
      variables.put(
          "PGSSLMODE",
          given.getOrDefault("sslfactory", "").endsWith("NonValidatingFactory")
              ? "require"
              : "verify-full");
    }
    String type = given.get("targetServerType");
    if (type != null) {
      variables.put("PGTARGETSESSIONATTRS", attributes(type));
    }
  }

  private static String attributes(String serverType) {
    return switch (serverType.toLowerCase(Locale.ROOT)) {
      case "primary", "master" -> "read-write";
      case "secondary", "slave" -> "standby";
      case "prefersecondary", "preferslave" -> "prefer-standby";
      default -> "any";
    };
  }

  /** The JVM would hand on question marks. */
  private static void requireEncodable(String variable, String value) {
    if (value.indexOf('\0') >= 0) {
      throw invalid("the " + words(variable) + " holds a NUL character.", "correct the address.");
    }
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(value) && !isUtf8()) {
      throw invalid(
          "the " + words(variable) + " has a character that this process cannot hand to another"
              + " program, because its locale is not UTF-8.",
          "start the process with LC_ALL=C.UTF-8 (or another locale in UTF-8)"
              + (variable.equals("PGPASSWORD") ? ", or put the password in a pgpass file." : "."));
    }
  }

  private static boolean isUtf8() {
    // What java.lang.ProcessEnvironment encodes with.
    Charset charset = Runtime.version().feature() < 18
        ? Charset.defaultCharset()
        : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    return charset.equals(StandardCharsets.UTF_8);
  }

  private static String words(String variable) {
    return switch (variable) {
      case "PGPASSWORD" -> "password";
      case "PGUSER" -> "user's name";
      case "PGDATABASE" -> "database's name";
      default -> "address";
    };
  }

  static MigrationException invalid(String problem, String advice) {
    return MigrationException.because(FailureCode.CONFIGURATION_INVALID, problem)
        .done("nothing was changed.", List.of())
        .advice(advice)
        .build();
  }
}
