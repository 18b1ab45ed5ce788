package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Configuration files and environment variables: which counts, and what is refused where. */
@Tag("any-server")
class ConfigurationTest {

  @TempDir
  Path folder;

  private final Map<String, String> variables = new HashMap<>();

  @Test
  void theCommandLineComesBeforeVariablesAndTheseBeforeTheFile() throws IOException {
    toml("lock-timeout = \"1s\"\nlock-wait = \"1m\"\ngrace = \"9s\"");
    variables.put("MIGRATOR_LOCK_TIMEOUT", "2s");
    variables.put("MIGRATOR_LOCK_WAIT", "2m");
    assertThat(settings("migrate", "--lock-timeout", "3s"))
        .contains("lock-timeout 3s command line")
        .contains("lock-wait 2m MIGRATOR_LOCK_WAIT")
        .contains("grace 9s migrator.toml:3:1")
        .doesNotContain("1s");
  }

  @Test
  void aSettingOfTheVerbComesBeforeOneForAll() throws IOException {
    toml("lock-timeout = \"1s\"\n[migrate]\nlock-timeout = \"4s\"\n[rollback]\nsteps = 2");
    assertThat(settings("migrate")).contains("lock-timeout 4s migrator.toml:3:1");
    assertThat(settings("rollback"))
        .contains("lock-timeout 1s migrator.toml:1:1", "steps 2 migrator.toml:5:1");
    variables.put("MIGRATOR_LOCK_TIMEOUT", "5s");
    variables.put("MIGRATOR_ROLLBACK_LOCK_TIMEOUT", "6s");
    assertThat(settings("migrate")).contains("lock-timeout 5s MIGRATOR_LOCK_TIMEOUT");
    assertThat(settings("rollback")).contains("lock-timeout 6s MIGRATOR_ROLLBACK_LOCK_TIMEOUT");
  }

  @Test
  void ofOptionsThatExcludeEachOtherTheNearestCounts() throws IOException {
    Files.writeString(folder.resolve("0001_one.sql"), "select 1;");
    String top = "url = \"postgresql://localhost:1/none\"\nlocation = \"" + folder + "\"\n";
    toml(top + "[rollback]\ntarget = \"0001\"");
    CommandRun run = shell().runExactly(List.of("rollback", "--steps", "1"));
    assertThat(run.err()).contains("DATABASE_UNREACHABLE");
    toml(top + "[rollback]\ntarget = \"0001\"\nsteps = 1");
    run = shell().runExactly(List.of("rollback"));
    assertThat(run.err()).contains("--steps and --target exclude each other");
  }

  @Test
  void listsTablesAndSwitchesAreWrittenAsTomlHasThem() throws IOException {
    toml("""
        location = ["one", "two"]
        schemas = ["app", "billing"]
        recursive = true
        stepwise = false
        [placeholder]
        owner = "ada"
        tables = "a,b"
        """);
    assertThat(settings("status"))
        .contains("location one, two migrator.toml:1:1")
        .contains("schemas app,billing migrator.toml:2:1")
        .contains("recursive true migrator.toml:3:1")
        .contains("placeholder owner=ada, tables=a,b migrator.toml:5:1")
        .doesNotContain("stepwise");
  }

  @Test
  void propertiesSayTheSame() throws IOException {
    Files.writeString(
        folder.resolve("migrator.properties"),
        "# ours\nlocation=one,two\nschemas = app,\\\n  billing\n\n  recursive: true\nplaceholder.owner=ada\n"
            + "placeholder.tables=a,b\nmigrate.target=0007\n");
    assertThat(settings("migrate"))
        .contains("location one, two migrator.properties:2:1")
        .contains("schemas app,billing migrator.properties:3:1")
        .contains("recursive true migrator.properties:6:3")
        .contains("placeholder owner=ada, tables=a,b migrator.properties:7:1")
        .contains("target 0007 migrator.properties:9:1");
    assertThat(settings("status")).doesNotContain("target");
  }

  @Test
  void aVariableTurnsASwitchOffThatAFileTurnsOn() throws IOException {
    toml("json = true");
    assertThat(shell().runExactly(List.of("status", "--show-config")).out())
        .contains("\"type\": \"settings\"")
        .contains("\"origin\": \"migrator.toml:1:1\"");
    variables.put("MIGRATOR_JSON", "false");
    assertThat(settings("status")).startsWith("Every setting of status has its default.");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(
            "lock-timout = \"3s\"",
            "1:1: there is no option with the name lock-timout.",
            "lock-timeout?"),
        Arguments.of(
            "\n[migrate]\n  al = true",
            "3:3: there is no option of migrate with the name al.",
            "the options"),
        Arguments.of("[migrat]\nx = 1", "1:1: there is no option with the name migrat.", ""),
        Arguments.of("target = \"1\"", "1:1: target means different things", "[migrate]"),
        Arguments.of("lock-timeout = \"topsecret\"", "1:1: the value of lock-timeout", "a number"),
        Arguments.of("lock-timeout = 3", "1:1: the value of lock-timeout cannot be used", "unit"),
        Arguments.of(
            "[baseline]\nversion = 1.10", "2:1: the value of version is no text", "in quotes"),
        Arguments.of("json = \"topsecret\"", "1:1: the value of json", "write true or false"),
        Arguments.of("table = topsecret", "1:9: this is no TOML.", "in quotes"),
        Arguments.of("password = \"topsecret\"", "1:1: a password is not taken from", "pgpass"),
        Arguments.of(
            "url = \"postgresql://u:topsecret@h/d\"", "1:1: the URL of url has a", "PGPASSWORD"),
        Arguments.of(
            "[verify]\nserver = \"postgresql://u:topsecret@h/d\"", "2:1: the URL of server", ""),
        Arguments.of("confirm-production = true", "1:1: confirm-production is said for one", ""),
        Arguments.of(
            "[repair]\nstatement = \"done\"", "2:1: statement is said for one run", "command line"),
        Arguments.of("[rollback]\nall = true", "2:1: all is said for one run", "command line"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatCannotBeUsedIsToldWithItsPlace(String text, String problem, String advice)
      throws IOException {
    toml(text);
    CommandRun run = shell().runExactly(List.of("plan"));
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .startsWith("[CONFIGURATION_INVALID] migrator.toml:" + problem)
        .contains(advice)
        .doesNotContain("topsecret");
  }

  @Test
  void twoValuesOfOneKeyAreRefusedInPropertiesToo() throws IOException {
    Path other = Files.writeString(folder.resolve("other.properties"), "table=a\ntable=b\n");
    CommandRun run = shell().runExactly(List.of("plan", "--config", other.toString()));
    assertThat(run.err()).contains("other.properties:2:1: a key is there twice, first in line 1.");
  }

  @Test
  void twoFilesAreOneTooMany() throws IOException {
    toml("");
    Files.writeString(folder.resolve("migrator.properties"), "json=true");
    assertThat(shell().runExactly(List.of("plan")).err())
        .contains("there are two configuration files, migrator.toml and migrator.properties.");
    assertThat(settings("plan", "--config", "migrator.properties", "--json"))
        .contains("migrator.properties");
    assertThat(settings("plan", "--no-config")).startsWith("Every setting");
    assertThat(shell()
            .runExactly(List.of("plan", "--no-config", "--config", "x.toml"))
            .err())
        .contains("--config and --no-config exclude each other.");
    assertThat(shell().runExactly(List.of("plan", "--config", "none.toml")).err())
        .contains("none.toml cannot be read: it does not exist.");
  }

  @Test
  void aVariableWithASlipOfThePenIsWarnedAbout() {
    variables.put("MIGRATOR_LOCK_TIMOUT", "2s");
    variables.put("MIGRATOR_HOME", "/opt");
    assertThat(shell().runExactly(List.of("plan", "--show-config")).err())
        .isEqualTo("Warning: the environment variable MIGRATOR_LOCK_TIMOUT means nothing here;"
            + " did you mean MIGRATOR_LOCK_TIMEOUT?" + System.lineSeparator());
    variables.put("MIGRATOR_LOCK_TIMEOUT", "topsecret");
    assertThat(shell().runExactly(List.of("plan", "--show-config")).err())
        .contains("the value of MIGRATOR_LOCK_TIMEOUT cannot be used: write a number")
        .doesNotContain("topsecret");
  }

  @Test
  void theVersionOfTheProgramInAVariableIsNoVersionOfAMigration() {
    variables.put("MIGRATOR_VERSION", "0.1.0");
    assertThat(settings("migrate")).startsWith("Every setting of migrate has its default.");
    variables.put("MIGRATOR_MIGRATE_VERSION", "0007");
    assertThat(settings("migrate")).contains("version 0007 MIGRATOR_MIGRATE_VERSION");
  }

  @Test
  void whatDecidesAboutTheEnvironmentIsShown() {
    variables.put("NODE_ENV", "development");
    assertThat(settings("status")).contains("NODE_ENV development NODE_ENV");
    variables.put("MIGRATOR_ENVIRONMENT", "staging");
    assertThat(settings("status"))
        .contains("environment staging MIGRATOR_ENVIRONMENT")
        .doesNotContain("NODE_ENV");
  }

  @Test
  void theNearestAddressCountsAndPasswordsAreNotShown() throws IOException {
    toml("url = \"postgresql://file/d\"\nuser = \"file\"");
    assertThat(settings("status")).contains("url postgresql://file/d", "user file");
    variables.put("DATABASE_URL", "postgresql://u:topsecret@variable/d");
    variables.put("PGPASSWORD", "topsecret");
    assertThat(settings("status"))
        .contains("@variable/d DATABASE_URL", "PGPASSWORD (set)")
        .doesNotContain("//file/d", "topsecret");
    assertThat(settings("status", "--url", "postgresql://option/d"))
        .contains("url postgresql://option/d command line")
        .doesNotContain("variable");
  }

  @Test
  void anUnknownEnvironmentInTheVariableCountsAsProductionAndHidesTheFile() throws IOException {
    toml("environment = \"development\"");
    variables.put("MIGRATOR_ENVIRONMENT", "live");
    assertThat(settings("migrate")).contains("environment live MIGRATOR_ENVIRONMENT");
  }

  @Test
  @PostgresTest
  void aFolderWithAFileNeedsNoOptions(TestDatabase database) throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("sql"));
    Files.writeString(scripts.resolve("01_people.sql"), "create table people (id int);");
    toml("location = \"" + scripts + "\"\nenvironment = \"test\"\ntable = \"done\"\n");
    Shell shell = new Shell(folder, database).in(folder);
    assertThat(shell.runExactly(List.of("migrate")).out()).contains("1 migration applied");
    assertThat(database.value("select count(*) from done")).isEqualTo("1");
    shell.variable("MIGRATOR_ENVIRONMENT", "live");
    Files.writeString(scripts.resolve("02_towns.sql"), "create table towns (id int);");
    assertThat(shell.runExactly(List.of("migrate")).err()).contains("PRODUCTION_UNCONFIRMED");
  }

  private Shell shell() {
    Shell shell = new Shell(folder).in(folder).without("MIGRATOR_NO_LOG_FILES");
    variables.forEach(shell::variable);
    return shell;
  }

  private void toml(String text) throws IOException {
    Files.writeString(folder.resolve("migrator.toml"), text);
  }

  private String settings(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--show-config");
    CommandRun run = shell().runExactly(all);
    assertThat(run.err()).isEmpty();
    return run.out().replaceAll(" +", " ");
  }
}
