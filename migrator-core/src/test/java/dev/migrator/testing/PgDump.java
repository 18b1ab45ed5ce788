package dev.migrator.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** The {@code pg_dump} of a major version, and the {@code psql} that reads what it wrote. Thread-safe. */
public final class PgDump {

  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

  private static final Map<Integer, Optional<PgDump>> FOUND = new ConcurrentHashMap<>();

  private final Path dump;
  private final Path psql;

  private PgDump(Path dump, Path psql) {
    this.dump = dump;
    this.psql = psql;
  }

  /**
   * Looks for it.
   *
   * @param major its major version
   * @return the program, or nothing when it is not installed
   */
  public static Optional<PgDump> find(int major) {
    return FOUND.computeIfAbsent(
        major,
        wanted -> Programs.findAll("pg_dump").stream()
            .filter(path -> isOf(path, wanted))
            .findFirst()
            .flatMap(dump -> Programs.find("psql").map(psql -> new PgDump(dump, psql))));
  }

  /**
   * The one of a server's own major version.
   *
   * @param server whose
   * @return the program
   */
  public static PgDump of(ServerVersion server) {
    return find(server.major())
        .orElseThrow(() -> new IllegalStateException("no pg_dump " + server.major()));
  }

  /**
   * Where it is; the programs that belong to it are beside it.
   *
   * @return a path
   */
  public Path program() {
    return dump;
  }

  private static boolean isOf(Path path, int major) {
    Matcher version = VERSION.matcher(output(new ProcessBuilder(path.toString(), "--version")));
    return version.find() && Integer.parseInt(version.group(1)) == major;
  }

  /**
   * The schema, as it writes it.
   *
   * @param database of which database
   * @return SQL, with what psql alone understands
   */
  public String schema(PGSimpleDataSource database) {
    return output(process(database, dump.toString(), "--schema-only", name(database)));
  }

  private static String name(PGSimpleDataSource database) {
    return Objects.requireNonNull(database.getDatabaseName(), "a database without a name");
  }

  /**
   * Reads a schema into an empty database. The schema {@code public} is there already, as after {@code createdb}.
   *
   * @param schema what {@link #schema} has returned
   * @param database into which database
   */
  public void restore(String schema, PGSimpleDataSource database) {
    try {
      Path file = Files.createTempFile("schema-", ".sql");
      try {
        Files.writeString(file, schema);
        output(process(
            database,
            psql.toString(),
            "-qX",
            "-v",
            "ON_ERROR_STOP=1",
            "-f",
            file.toString(),
            name(database)));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder process(PGSimpleDataSource database, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("PGHOST", database.getServerNames()[0]);
    environment.put("PGPORT", Integer.toString(database.getPortNumbers()[0]));
    environment.put("PGUSER", database.getUser());
    String password = database.getPassword();
    if (password != null) {
      environment.put("PGPASSWORD", password);
    }
    environment.put("PGCLIENTENCODING", "UTF8");
    return builder;
  }

  /** What a program writes; a file takes its complaints, so that neither stream waits for the other. */
  private static String output(ProcessBuilder builder) {
    try {
      File complaints = Files.createTempFile("complaints-", ".txt").toFile();
      try {
        Process process = builder.redirectError(complaints).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
          List<String> command = new ArrayList<>(builder.command());
          throw new IllegalStateException(
              command + " ended with " + code + ": " + Files.readString(complaints.toPath()));
        }
        return said;
      } finally {
        Files.delete(complaints.toPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
