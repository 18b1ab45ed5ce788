package dev.migrator.architecture;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rooms of migrator-core and who may import whom, as the design document draws them.
 *
 * @param base the package that is the door
 */
public record House(String base) {
  private static final String DOOR = "";

  private static final Set<String> WORDS = Set.of("migration", "report", "config", "event");

  private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
      entry(
          DOOR,
          rooms(
              "words",
              "internal.execute",
              "internal.plan",
              "internal.lint",
              "internal.trace",
              "internal.inspect",
              "internal.schema",
              "internal.rows",
              "internal.scratch",
              "internal.history",
              "internal.lock",
              "internal.backup",
              "internal.source",
              "internal.sql",
              "internal.jdbc",
              "internal.text")),
      entry("cli", rooms(DOOR, "verify", "render", "words")),
      entry(
          "verify",
          rooms(
              DOOR,
              "internal.scratch",
              "internal.schema",
              "internal.rows",
              "internal.jdbc",
              "render",
              "words")),
      entry("render", rooms("words", "internal.json", "internal.text")),
      entry("migration", rooms()),
      entry("report", rooms("migration")),
      entry("config", rooms("report", "migration")),
      entry("event", rooms("report", "migration")),
      entry(
          "internal.execute",
          rooms(
              "internal.plan",
              "internal.history",
              "internal.lock",
              "internal.inspect",
              "internal.sql",
              "internal.jdbc",
              "words")),
      entry("internal.plan", rooms("internal.source", "internal.sql", "words")),
      entry(
          "internal.trace",
          rooms("internal.execute", "internal.scratch", "internal.sql", "internal.jdbc", "words")),
      entry(
          "internal.scratch", rooms("internal.backup", "internal.jdbc", "internal.text", "words")),
      entry("internal.inspect", rooms("internal.jdbc", "internal.text", "words")),
      entry("internal.schema", rooms("internal.jdbc", "internal.json", "internal.text", "words")),
      entry("internal.rows", rooms("internal.sql", "internal.jdbc", "internal.text", "words")),
      entry("internal.history", rooms("internal.jdbc", "internal.text", "words")),
      entry("internal.lock", rooms("internal.jdbc", "internal.text", "words")),
      entry("internal.backup", rooms("internal.jdbc", "internal.text", "words")),
      entry("internal.lint", rooms("internal.sql", "internal.text", "words")),
      entry("internal.source", rooms("internal.json", "internal.sql", "words")),
      entry("internal.sql", rooms("words")),
      entry("internal.jdbc", rooms("internal.text", "words")),
      entry("internal.json", rooms("words")),
      entry("internal.text", rooms()));

  /** Libraries beside the JDK, SLF4J and annotations, with the only package that may use them. */
  private static final Map<String, String> LIBRARIES = Map.ofEntries(
      entry("java.sql.", "internal.jdbc"),
      entry("javax.sql.", "internal.jdbc"),
      entry("org.postgresql.", "internal.jdbc"),
      entry("picocli.", "cli"),
      entry("ch.qos.logback.", "cli"),
      entry("org.tomlj.", "cli"),
      entry("org.antlr.", "cli"),
      entry("org.testcontainers.", "internal.scratch"),
      entry("io.zonky.", "internal.scratch"),
      entry("org.junit.", "verify.junit"));

  private static Set<String> rooms(String... names) {
    return Stream.of(names)
        .flatMap(name -> name.equals("words") ? WORDS.stream() : Stream.of(name))
        .collect(toUnmodifiableSet());
  }

  /** The room of a package: the longest one whose name begins it, so that a room may have alcoves. */
  Optional<String> roomOf(String packageName) {
    if (packageName.equals(base)) {
      return Optional.of(DOOR);
    }
    return MAY_IMPORT.keySet().stream()
        .filter(room -> !room.equals(DOOR) && within(packageName, room))
        .max(Comparator.comparingInt(String::length));
  }

  /** Why this dependency is not allowed; nothing when it is. */
  Optional<String> objection(Dependency dependency) {
    JavaClass origin = dependency.getOriginClass();
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    String room = roomOf(origin.getPackageName()).orElse("?");
    if (target.getPackageName().equals(base) || target.getPackageName().startsWith(base + ".")) {
      String other = roomOf(target.getPackageName()).orElse("?");
      return room.equals(other) || MAY_IMPORT.getOrDefault(room, Set.of()).contains(other)
          ? Optional.empty()
          : Optional.of(name(room) + " may not import " + name(other));
    }
    return LIBRARIES.entrySet().stream()
        .filter(library -> target.getName().startsWith(library.getKey()))
        .filter(library -> !within(origin.getPackageName(), library.getValue()))
        .filter(library -> !(isDataSource(target) && takesDataSources(room)))
        .filter(library -> !(isConnection(target) && room.equals("migration")))
        .map(library -> "only " + library.getValue() + " may use " + library.getKey() + "*")
        .findFirst();
  }

  private boolean within(String packageName, String room) {
    String full = base + "." + room;
    return packageName.equals(full) || packageName.startsWith(full + ".");
  }

  private static boolean isDataSource(JavaClass type) {
    return type.getName().equals("javax.sql.DataSource");
  }

  /** A migration that an application writes in Java is handed a connection; that one word says so, and nobody else does. */
  private static boolean isConnection(JavaClass type) {
    return type.getName().equals("java.sql.Connection");
  }

  /** The application hands its DataSource to the door, in these words; nobody else speaks of it. */
  private static boolean takesDataSources(String room) {
    return room.equals(DOOR) || WORDS.contains(room);
  }

  private static String name(String room) {
    return room.equals(DOOR) ? "the door" : room;
  }
}
