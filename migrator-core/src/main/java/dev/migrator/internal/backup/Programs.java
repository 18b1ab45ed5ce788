package dev.migrator.internal.backup;

import dev.migrator.migration.MigrationException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds programs: where somebody said they are, on the PATH, and where packages of PostgreSQL put them. */
final class Programs {

  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)[^\\s]*)");

  /** A folder of folders, each of one version. */
  private static final List<String> PARENTS = List.of(
      "/usr/lib/postgresql/*/bin",
      "/usr/pgsql-*/bin",
      "/opt/homebrew/opt/postgresql@*/bin",
      "/opt/homebrew/opt/libpq/bin",
      "/usr/local/opt/postgresql@*/bin",
      "/usr/local/opt/libpq/bin",
      "/usr/local/pgsql/bin",
      "/Library/PostgreSQL/*/bin",
      "/Applications/Postgres.app/Contents/Versions/*/bin",
      "C:/Program Files/PostgreSQL/*/bin");

  private static final long ANSWERS_WITHIN_S = 10;

  private final @Nullable Path configured;
  private final String otherwise;
  private final Map<String, String> variables;

  /**
   * Programs.
   *
   * @param configured their folder, or one of them; {@code null} to look for them
   * @param otherwise how to do without them, as the last line of an advice; empty where that is impossible
   */
  Programs(@Nullable Path configured, String otherwise) {
    this.configured = configured;
    this.otherwise = otherwise;
    this.variables = System.getenv();
  }

  /**
   * The program of PostgreSQL's that suits a server best: of its own major version, else of the next one. What a much newer one
   * writes, an older server may not understand.
   *
   * @param name such as {@code pg_dump}
   * @param server the server's major version
   * @throws MigrationException {@code CONFIGURATION_INVALID} when there is none, or only such that are older than the server
   */
  Program postgres(String name, int server) {
    List<Program> found =
        candidates(name).stream().flatMap(path -> read(path).stream()).toList();
    return found.stream()
        .filter(program -> program.major() >= server)
        .min(Comparator.comparingInt(Program::major))
        .orElseThrow(() -> found.isEmpty() ? missing(name, server) : tooOld(name, server, found));
  }

  /** A program that has no version to look at. */
  Path other(String name) {
    List<Path> candidates = new ArrayList<>(onPath(name));
    if (configured != null && Files.isDirectory(configured)) {
      candidates.add(0, executable(configured, name));
    }
    return candidates.stream()
        .filter(Programs::isProgram)
        .findFirst()
        .orElseThrow(() -> LibpqEnvironment.invalid(
            name + " was not found on the PATH.",
            "install it, for example: apt-get install " + (name.equals("gpg") ? "gnupg" : name)
                + "."));
  }

  private Set<Path> candidates(String name) {
    Set<Path> candidates = new LinkedHashSet<>();
    if (configured != null) {
      boolean folder = Files.isDirectory(configured);
      Path file = configured.getFileName();
      boolean named = !folder && file != null && file.toString().startsWith(name);
      candidates.add(
          folder
              ? executable(configured, name)
              : named ? configured : executable(configured.resolveSibling(""), name));
      return existing(candidates);
    }
    List<Path> onPath = onPath(name);
    onPath.stream().filter(path -> !isWrapper(path)).forEach(candidates::add);
    for (String parent : PARENTS) {
      folders(parent).stream()
          .sorted(Comparator.reverseOrder())
          .map(folder -> executable(folder, name))
          .forEach(candidates::add);
    }
    // Debian's wrapper decides anew with every call which version it is.
    candidates.addAll(onPath);
    return existing(candidates);
  }

  private static Set<Path> existing(Set<Path> candidates) {
    return candidates.stream()
        .filter(Programs::isProgram)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<Path> onPath(String name) {
    List<Path> paths = new ArrayList<>();
    for (String folder : variables.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      try {
        if (!folder.isEmpty()) {
          paths.add(executable(Path.of(folder), name));
        }
      } catch (InvalidPathException e) {
        // A PATH may hold anything.
      }
    }
    return paths;
  }

  private static List<Path> folders(String pattern) {
    int star = pattern.indexOf('*');
    try {
      if (star < 0) {
        return List.of(Path.of(pattern));
      }
      int start = pattern.lastIndexOf('/', star);
      int end = pattern.indexOf('/', star);
      Path parent = Path.of(pattern.substring(0, start));
      if (!Files.isDirectory(parent)) {
        return List.of();
      }
      List<Path> folders = new ArrayList<>();
      try (DirectoryStream<Path> versions =
          Files.newDirectoryStream(parent, pattern.substring(start + 1, end))) {
        versions.forEach(version -> folders.add(version.resolve(pattern.substring(end + 1))));
      }
      return folders;
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }

  private static Path executable(Path folder, String name) {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
    return folder.resolve(windows ? name + ".exe" : name);
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  private static boolean isWrapper(Path path) {
    try {
      return path.toRealPath().endsWith("pg_wrapper");
    } catch (IOException e) {
      return false;
    }
  }

  /** What it says of itself; nothing when it says nothing of the kind. */
  private static Optional<Program> read(Path path) {
    ProcessBuilder builder = new ProcessBuilder(path.toString(), "--version")
        .redirectError(ProcessBuilder.Redirect.DISCARD);
    LibpqEnvironment.clear(builder.environment());
    try {
      Process process = builder.start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(ANSWERS_WITHIN_S, TimeUnit.SECONDS)) {
          return Optional.empty();
        }
        Matcher version = VERSION.matcher(
            new String(process.getInputStream().readNBytes(1_000), StandardCharsets.UTF_8));
        return version.find()
            ? Optional.of(new Program(path, version.group(1), Integer.parseInt(version.group(2))))
            : Optional.empty();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private MigrationException missing(String name, int server) {
    return LibpqEnvironment.invalid(
        configured == null
            ? name + " was not found, neither on the PATH nor where packages of PostgreSQL put it."
            : "there is no program " + name + " at " + configured + ".",
        "install PostgreSQL's client programs of version " + server
            + " or later (Debian: apt-get install postgresql-client-" + server
            + "), or say where they are: --backup-programs <folder>, in code backup(b -> b.programs(path))."
            + (otherwise.isEmpty() ? "" : "\n" + otherwise));
  }

  private MigrationException tooOld(String name, int server, List<Program> found) {
    return LibpqEnvironment.invalid(
        "the server is PostgreSQL " + server + ", and " + name
            + " is older: "
            + found.stream()
                .map(p -> p.version() + " at " + p.path())
                .distinct()
                .collect(Collectors.joining(", "))
            + ". It cannot read a server that is newer than itself.",
        "install PostgreSQL's client programs of version " + server
            + " or later (Debian: apt-get install postgresql-client-" + server
            + "), or say where they are: --backup-programs <folder>, in code backup(b -> b.programs(path))."
            + (otherwise.isEmpty() ? "" : "\n" + otherwise));
  }
}
