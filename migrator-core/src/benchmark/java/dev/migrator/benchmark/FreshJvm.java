package dev.migrator.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A contender in a JVM of its own that finds nothing to do, from the start of the process to its end. */
public final class FreshJvm {

  private FreshJvm() {}

  /** Looks once: contender, address of the database, folder of the scripts. */
  public static void main(String[] arguments) throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setURL(arguments[1]);
    Contender.named(arguments[0]).lookPackaged(database, Scripts.in(Path.of(arguments[2])));
  }

  static void run(Contender contender, PGSimpleDataSource database, Scripts scripts)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath(contender) + File.pathSeparator + scripts.jar(),
            FreshJvm.class.getName(),
            contender.name(),
            database.getURL() + "&user=" + database.getUser() + "&password="
                + database.getPassword(),
            scripts.base().toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(contender.name() + " in a fresh JVM ended with " + code);
    }
  }

  /** What the contender needs and nothing of the others; Migrator as it is packaged. */
  private static String classPath(Contender contender) {
    List<String> own =
        switch (contender.name()) {
          case MigratorContender.NAME -> List.of("slf4j-api-");
          case FlywayContender.NAME -> List.of("slf4j-api-", "flyway-");
          case LiquibaseContender.NAME ->
            List.of(
                "slf4j-api-",
                "liquibase-",
                "snakeyaml-",
                "commons-",
                "opencsv-",
                "jaxb-api-");
          default -> List.<String>of();
        };
    Predicate<String> wanted = entry -> {
      String name = Path.of(entry).getFileName().toString();
      return name.equals("test-classes")
          || name.startsWith("postgresql-42")
          || own.stream().anyMatch(name::startsWith);
    };
    Stream<String> packaged = contender.name().equals(MigratorContender.NAME)
        ? Stream.of(System.getProperty("benchmark.jar", ""))
        : Stream.of();
    return Stream.concat(
            packaged,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(wanted))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
