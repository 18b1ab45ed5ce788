package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that is published, as a process of its own; its password is in no output of any of these tests. */
@PostgresTest
class CommandLineJarIT {

  private static final Path JAR = Path.of(System.getProperty("migrator.test.cli"));

  @TempDir
  Path folder;

  private final List<String> outputs = new ArrayList<>();
  private TestDatabase database;
  private TestRole role;

  @BeforeEach
  void aRoleWithAPasswordAndTwoMigrations(TestDatabase fresh) throws IOException {
    database = fresh;
    role = fresh.createRole("SUPERUSER");
    script("01_people.sql", "create table people (id int primary key, näme text);");
    script("01_people_rollback.sql", "drop table people;");
    script("02_noise.sql", "set search_path = pg_catalog; do $$begin raise notice 'heard'; end$$;");
    script("02_noise_rollback.sql", "select 1;");
  }

  @AfterEach
  void thePasswordWasNeverShown() {
    assertThat(outputs).isNotEmpty().noneMatch(text -> text.contains(role.password()));
  }

  @Test
  void migratesTellsItsStatusAndRollsBack() throws Exception {
    Run migrate = migrator(withPassword(), "migrate", "--environment", "test");
    assertThat(migrate.exitCode()).as(migrate.toString()).isZero();
    assertThat(migrate.out()).contains("2 migrations applied");
    assertThat(migrate.err())
        .isEqualTo("warn: 02 noise left session state behind; it was reset: search_path\n");

    Run status = migrator(withPassword(), "status");
    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).contains("people").endsWith("schema public: 2 applied.\n");
    assertThat(status.err()).isEmpty();

    Run rollback = migrator(withPassword(), "rollback", "--environment", "test", "--all");
    assertThat(rollback.exitCode()).isZero();
    assertThat(rollback.out()).contains("2 migrations rolled back");
    assertThat(database.value("select to_regclass('people')")).isEqualTo("NULL");
  }

  @Test
  void saysMoreWhenItIsAskedTo() throws Exception {
    Run run = migrator(withPassword(), "migrate", "--environment", "test", "--verbose", "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .contains("info: 02 noise: NOTICE: heard\n")
        .contains("info: Applied 01 people in ");
    assertThat(database.value("select jsonb_array_length(?::jsonb -> 'steps')", run.out()))
        .isEqualTo("2");
  }

  @Test
  void aFailingMigrationIsExitCode2() throws Exception {
    script("03_bad.sql", "create role " + role.name() + " password '" + role.password() + "';");
    Run run = migrator(withPassword(), "migrate", "--environment", "test", "--json", "--verbose");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("[MIGRATION_FAILED] 03_bad.sql:1:1", "password '****'", "\tat dev.migrator.");
    assertThat(database.value("select ?::jsonb ->> 'code'", run.out()))
        .isEqualTo("MIGRATION_FAILED");
  }

  @Test
  void unconfirmedProductionIsExitCode1UntilTheVariableConfirms() throws Exception {
    Run refused = migrator(withPassword(), "migrate");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("[PRODUCTION_UNCONFIRMED]");
    assertThat(refused.out()).isEmpty();
    Run confirmed = migrator(
        Map.of(
            "DATABASE_URL", database.jdbcUrl(),
            "PGUSER", role.name(),
            "PGPASSWORD", role.password(),
            "CONFIRM_PRODUCTION_MIGRATION", "true"),
        "migrate",
        "--backup",
        "off"); // which needs a pg_dump of the server's version
    assertThat(confirmed.exitCode()).isZero();
  }

  @Test
  void anUnreachableServerIsExitCode1() throws Exception {
    Run run = migrator(
        Map.of("DATABASE_URL", "postgresql://u:" + encoded() + "@localhost:1/nowhere"),
        "migrate",
        "--environment",
        "test",
        "--verbose");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("[DATABASE_UNREACHABLE]", "\tat ");
  }

  @Test
  void aWrongPasswordIsExitCode1() throws Exception {
    Run run = migrator(
        Map.of(
            "DATABASE_URL", database.jdbcUrl(),
            "PGUSER", role.name(),
            "PGPASSWORD", "not " + role.password()),
        "status",
        "--verbose",
        "--json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("password authentication failed");
  }

  @Test
  void aPasswordInAnAddressThatCannotBeReadIsNotShown() throws Exception {
    Run run = migrator(Map.of(), "status", "--url", "postgresql://u:" + role.password() + "/x@h/d");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("the database URL cannot be read");
  }

  @Test
  void thePasswordMayBeInAPgpassFile() throws Exception {
    Path pgpass = folder.resolve("pgpass");
    Files.writeString(pgpass, "*:*:*:" + role.name() + ":" + role.password() + "\n");
    Files.setPosixFilePermissions(pgpass, PosixFilePermissions.fromString("rw-------"));
    Run run = migrator(
        Map.of("DATABASE_URL", database.jdbcUrl(), "PGPASSFILE", pgpass.toString()),
        "status",
        "--user",
        role.name());
    assertThat(run.exitCode()).as(run.toString()).isZero();
  }

  @Test
  void everyTextIsUtf8WhateverTheLocale() throws Exception {
    script("03_loud.sql", "do $$begin raise warning 'größe'; end$$;");
    script("03_loud_rollback.sql", "do $$begin raise warning 'größe'; end$$;");
    Run run = migrator(withPassword(), "migrate", "--environment", "test");
    assertThat(run.out()).contains("03 loud: WARNING: größe");
    Run json = migrator(withPassword(), "rollback", "--environment", "test", "--json");
    assertThat(json.out()).contains("\"WARNING: größe\"");
  }

  @Test
  void tellsItsVersion() throws Exception {
    assertThat(migrator(Map.of(), "-V").out()).matches("migrator [0-9]+\\.[0-9]+\\.[0-9]+.*\n");
  }

  @Test
  void onlyItsOwnJarConfiguresLogging() throws IOException {
    String service = "META-INF/services/ch.qos.logback.classic.spi.Configurator";
    try (JarFile program = new JarFile(JAR.toFile());
        JarFile library = new JarFile(System.getProperty("migrator.test.jar"))) {
      assertThat(program.getEntry(service)).isNotNull();
      assertThat(library.getEntry(service)).isNull();
      assertThat(library.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.startsWith("logback"));
    }
    outputs.add("no process was needed");
  }

  private Map<String, String> withPassword() {
    return Map.of(
        "DATABASE_URL", database.jdbcUrl(),
        "PGUSER", role.name(),
        "PGPASSWORD", role.password());
  }

  private String encoded() {
    return role.password().replace(" ", "%20");
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(folder.resolve(name), sql);
  }

  private record Run(int exitCode, String out, String err) {}

  /** Runs the jar with these variables and no other that it reads, in a locale that knows ASCII only. */
  private Run migrator(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-jar",
        JAR.toString()));
    command.addAll(List.of(arguments));
    if (!command.contains("-V")) {
      command.addAll(List.of("--location", folder.toString()));
    }
    File out = folder.resolve("out.log").toFile();
    File err = folder.resolve("err.log").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches(
            "DATABASE_URL|PG.*|MIGRATOR_.*|CONFIRM_.*|NODE_ENV|JAVA_TOOL_OPTIONS|LC_.*|LANG"));
    builder.environment().put("MIGRATOR_NO_LOG_FILES", "true");
    builder.environment().putAll(variables);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
    Run run = new Run(
        process.exitValue(),
        Files.readString(out.toPath(), StandardCharsets.UTF_8),
        Files.readString(err.toPath(), StandardCharsets.UTF_8));
    outputs.add(run.out());
    outputs.add(run.err());
    return run;
  }
}
