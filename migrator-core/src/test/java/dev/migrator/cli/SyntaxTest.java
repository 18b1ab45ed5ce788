package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Command lines that never come to a database. */
@Tag("any-server")
class SyntaxTest {

  @TempDir
  Path folder;

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("", "there is no verb"),
        Arguments.of("migrat", "no verb; did you mean migrate?"),
        Arguments.of("up", "no verb; did you mean migrate?"),
        Arguments.of("topsecret", "the verbs are migrate, plan, dry-run"),
        Arguments.of("help topsecret", "the verbs are migrate, plan, dry-run"),
        Arguments.of("status --hlep", "status has no option --hlep. Similar: --help."),
        Arguments.of("--json migrate", "--json stands before the verb"),
        Arguments.of("--version", "-V tells the version of the program"),
        Arguments.of(
            "migrate --json topsecret",
            "word 3 of the command line is an argument that belongs to no option; migrate takes none"),
        Arguments.of("index a topsecret", "word 3 of the command line"),
        Arguments.of("migrate --stops 3", "migrate has no option --stops. Similar: --steps"),
        Arguments.of("migrate --stops=topsecret", "migrate has no option --stops."),
        Arguments.of("migrate --password topsecret", "not taken from the command line"),
        Arguments.of("migrate --password=topsecret", "not taken from the command line"),
        Arguments.of("migrate -ptopsecret", "migrate has no option -p."),
        Arguments.of("--ur=postgresql://u:topsecret@h/d", "--ur stands before the verb"),
        Arguments.of("postgresql://u:topsecret@h/d", "the first argument is no verb"),
        Arguments.of("migrate --url", "--url needs a value"),
        Arguments.of("migrate --url --json", "--url needs a value"),
        Arguments.of("migrate --url a --url postgresql://u:topsecret@h/d", "--url is given twice"),
        Arguments.of("migrate --json --json", "--json is given twice"),
        Arguments.of("migrate --verbose=topsecret", "--verbose takes no value"),
        Arguments.of("status --steps 1", "status has no option --steps"),
        Arguments.of("migrate --all", "migrate has no option --all"),
        Arguments.of("migrate --steps topsecret", "--steps cannot be used: write a number from 1"),
        Arguments.of("migrate --steps 0", "--steps cannot be used"),
        Arguments.of("migrate --target topsecret", "--target cannot be used: write digits"),
        Arguments.of(
            "migrate --lock-wait 5", "--lock-wait cannot be used: write a number and its unit"),
        Arguments.of(
            "migrate --naming topsecret", "write one of automatic|numbered|up-down|flyway"),
        Arguments.of(
            "migrate --environment topsecret", "write development, test, staging or production"),
        Arguments.of("migrate --placeholder topsecret", "--placeholder cannot be used: write name"),
        Arguments.of(
            "migrate --placeholder =topsecret", "--placeholder cannot be used: write name"),
        Arguments.of(
            "migrate --placeholder a=topsecret --placeholder a=topsecret", "a name is given twice"),
        Arguments.of("migrate --url mysql://u:topsecret@h/d", "must begin with postgresql://"),
        Arguments.of("migrate --url postgresql://u:topsecret/x@h/d", "write % as %25"),
        Arguments.of(
            "migrate --url postgresql://h/d --steps 1 --target 1",
            "--target and --steps exclude each other"),
        Arguments.of(
            "rollback --url postgresql://h/d --steps 1 --all",
            "--steps and --all exclude each other"),
        Arguments.of("baseline --url postgresql://h/d", "--version <version> is missing"),
        Arguments.of("migrate --url postgresql://h/d --table=", "1 to"),
        Arguments.of("migrate", "neither --url nor DATABASE_URL is set"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatCannotBeUnderstoodIsToldWithoutBeingRepeated(String line, String problem) {
    List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));
    CommandRun run = new Shell(folder).runExactly(arguments);
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).startsWith("[CONFIGURATION_INVALID] ").contains(problem);
    assertThat(run.all()).doesNotContain("topsecret");
    assertThat(run.out().isEmpty()).isEqualTo(!arguments.contains("--json"));
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "30s,30000", "5m,300000", "1h,3600000", "0s,0"})
  void durationsHaveAUnit(String text, long millis) {
    assertThat(Values.duration(text)).hasMillis(millis);
  }

  @Test
  void anArgumentThatBeginsWithAnAtSignIsNoFile() {
    CommandRun run = new Shell(folder)
        .script("arguments", "--json")
        .runExactly(List.of("@" + folder.resolve("arguments")));
    assertThat(run.err()).contains("the first argument is no verb");
  }

  @Test
  void thePasswordIsReadFromTheFirstLineOfStandardInput() {
    Shell shell = new Shell(folder).variable("DATABASE_URL", "postgresql://h/d");
    assertThat(shell.runExactly(List.of("status", "--password-stdin")).err())
        .contains("the first line of standard input is empty");
    assertThat(shell
            .input("\nsecond")
            .runExactly(List.of("status", "--password-stdin"))
            .exitCode())
        .isEqualTo(5);
  }

  @Test
  void helpIsPrintedForTheProgramAndForEveryVerb() {
    CommandRun help = new Shell(folder).runExactly(List.of("--help"));
    assertThat(help.exitCode()).isZero();
    assertThat(help.err()).isEmpty();
    for (Verb verb : Verb.ALL) {
      assertThat(help.out()).contains("  " + verb.name() + " ");
      CommandRun one = new Shell(folder).runExactly(List.of(verb.name(), "--help"));
      assertThat(one.exitCode()).isZero();
      String argument = verb.argument().isEmpty() ? "" : verb.argument() + " ";
      assertThat(one.out()).startsWith("migrator " + verb.name() + " " + argument + "[options]\n");
      verb.groups()
          .flatMap(group -> group.options().stream())
          .forEach(option -> assertThat(one.out()).contains("  " + option.name()));
    }
    assertThat(new Shell(folder).runExactly(List.of("rollback", "-h")).out())
        .contains("Undo that many migrations. Default: 1.");
    assertThat(new Shell(folder).runExactly(List.of("migrate", "-h")).out())
        .contains("What ${name} in a script stands for");
  }

  @Test
  void theVersionOfTheProgramHasAnOptionOfItsOwn() {
    CommandRun run = new Shell(folder).runExactly(List.of("-V"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("migrator ");
  }
}
