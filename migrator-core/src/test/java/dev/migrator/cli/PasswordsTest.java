package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password is taken from every place where it may be, and shown in none. */
@PostgresTest
class PasswordsTest {

  private static final String WARNING = "Warning: process lists show the password in --url.";

  @TempDir
  Path folder;

  private TestRole role;
  private Shell shell;
  private String address;

  @BeforeEach
  void aRoleWithAPassword(TestDatabase database) {
    role = database.createRole("SUPERUSER");
    shell = new Shell(folder, database)
        .without("PGPASSWORD")
        .without("PGUSER")
        .script("01_people.sql", "create table people (id int);")
        .script(
            "02_role.sql",
            "create role " + role.name() + " password '" + role.password()
                + "'; -- exists already");
    address = database.jdbcUrl();
  }

  @Test
  void inTheVariableDatabaseUrl() {
    shell.variable("DATABASE_URL", withUser("password=" + encoded()));
    CommandRun run = shell.run("status");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void inAUrlOfLibpq() {
    String libpq = address
        .substring("jdbc:".length())
        .replace("//", "//" + role.name() + ":" + encoded() + "@");
    assertThat(shell.variable("DATABASE_URL", libpq).run("status").exitCode()).isZero();
  }

  @Test
  void inTheOptionUrlWithAWarning() {
    CommandRun run = shell.run("status", "--url", withUser("password=" + encoded()));
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).startsWith(WARNING).hasLineCount(1);
    CommandRun without =
        shell.variable("PGPASSWORD", role.password()).run("status", "--url", withUser("ssl=false"));
    assertThat(without.exitCode()).isZero();
    assertThat(without.err()).isEmpty();
  }

  @Test
  void inTheVariablePgpassword() {
    shell.variable("PGPASSWORD", role.password());
    assertThat(shell.run("status", "--user", role.name()).exitCode()).isZero();
  }

  @Test
  void onStandardInputWhichWins() {
    shell.variable("PGPASSWORD", "wrong").input(role.password() + "\nmore");
    assertThat(shell.run("status", "--user", role.name(), "--password-stdin").exitCode())
        .isZero();
  }

  @Test
  void isNeverShown() {
    shell.variable("DATABASE_URL", withUser("password=" + encoded()));
    Stream.of("plan", "migrate", "status", "validate", "rollback", "repair").forEach(verb -> {
      for (String[] mode :
          new String[][] {{}, {"--verbose"}, {"--json"}, {"--json", "--verbose"}}) {
        CommandRun run =
            shell.run(Stream.concat(Stream.of(verb), Stream.of(mode)).toArray(String[]::new));
        assertThat(run.all())
            .as(verb + " " + List.of(mode))
            .isNotEmpty()
            .doesNotContain(role.password())
            .doesNotContain(encoded());
      }
    });
    CommandRun failed = shell.run("migrate", "--verbose");
    assertThat(failed.err()).contains("MIGRATION_FAILED", "password '****'", "\tat ");
  }

  @Test
  void isNotShownWhenItIsWrong() {
    CommandRun run = shell
        .input("topsecret")
        .run("status", "--user", role.name(), "--password-stdin", "--verbose", "--json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("DATABASE_UNREACHABLE", "\tat ");
    assertThat(run.all()).doesNotContain("topsecret");
    CommandRun inUrl = shell.run("status", "--verbose", "--url", withUser("password=topsecret"));
    assertThat(inUrl.err()).contains("DATABASE_UNREACHABLE").doesNotContain("topsecret");
  }

  private String withUser(String parameter) {
    return Shell.with(Shell.with(address, "user=" + role.name()), parameter);
  }

  private String encoded() {
    return URLEncoder.encode(role.password(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
