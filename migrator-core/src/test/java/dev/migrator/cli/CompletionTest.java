package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.RequiresProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script, asked by bash itself. */
@Tag("any-server")
class CompletionTest {

  @TempDir
  Path folder;

  @Test
  @RequiresProgram("bash")
  void bashCompletesVerbsOptionsAndChoices() throws Exception {
    CommandRun run = new Shell(folder).runExactly(List.of("completion", "bash"));
    assertThat(run.exitCode()).isZero();
    Path script = Files.writeString(folder.resolve("migrator_completion"), run.out());
    assertThat(completed(script, "migrator", "roll")).containsExactly("rollback");
    assertThat(completed(script, "migrator", "rollback", "--st"))
        .contains("--steps", "--stepwise", "--statement-timeout");
    assertThat(completed(script, "migrator", "migrate", "--on-failure", ""))
        .containsExactlyInAnyOrder("keep", "roll-back");
  }

  @Test
  @RequiresProgram("zsh")
  void zshReadsTheSameScript() throws Exception {
    Path script = Files.writeString(
        folder.resolve("migrator_completion"),
        new Shell(folder).runExactly(List.of("completion", "zsh")).out());
    Process process = new ProcessBuilder(
            "zsh", "-c", "autoload -Uz compinit && compinit -u && source \"$0\"", script.toString())
        .redirectErrorStream(true)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void anotherShellIsNotKnown() {
    CommandRun run = new Shell(folder).runExactly(List.of("completion", "fish"));
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("write bash or zsh");
    assertThat(new Shell(folder).runExactly(List.of("completion")).err())
        .contains("<bash|zsh> is missing");
  }

  private static List<String> completed(Path script, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "-c", """
        compopt() { :; } # Allowed while bash completes only.
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
        _complete_migrator; printf '%s\n' "${COMPREPLY[@]}"
        """, "bash", script.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .toList();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return lines;
  }
}
