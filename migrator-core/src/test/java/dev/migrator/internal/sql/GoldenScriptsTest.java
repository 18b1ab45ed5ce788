package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The golden folder: PostgreSQL's lexical traps, one script for each, beside how it is to be read. */
class GoldenScriptsTest {

  /** Writes every expectation anew from what the splitter does; the difference is then read by a person. */
  private static final boolean REWRITE = Boolean.getBoolean("migrator.golden.rewrite");

  @TestFactory
  Stream<DynamicTest> a_script_is_read_as_its_expectation_says() {
    return GoldenCase.all().stream()
        .map(golden -> DynamicTest.dynamicTest(
            golden.name().replace('-', ' '), golden.script().toUri(), () -> check(golden)));
  }

  private static void check(GoldenCase golden) {
    if (REWRITE) {
      golden.rewrite();
    }
    assertThat(golden.expectation())
        .as(
            "write what is expected, or run with -Dmigrator.golden.rewrite=true and read the result")
        .exists();
    assertThat(golden.reading()).as(golden.name()).isEqualTo(golden.expected());
  }

  @Test
  void the_folder_documents_at_least_150_traps() {
    assertThat(GoldenCase.all()).hasSizeGreaterThanOrEqualTo(150);
  }

  @Test
  void every_script_begins_with_the_trap_and_the_rule() {
    assertThat(GoldenCase.all())
        .allSatisfy(golden -> assertThat(ScriptText.read(golden.script()))
            .as(golden.name())
            .startsWith("-- Trap: ")
            .containsPattern("(?m)\\A(-- .*\\R){0,1}-- .*(manual|psql)"));
  }

  @Test
  void no_expectation_is_left_without_its_script() throws IOException {
    List<String> scripts =
        GoldenCase.all().stream().map(golden -> golden.expectation().toString()).toList();
    try (Stream<Path> files = Files.walk(GoldenCase.FOLDER)) {
      assertThat(files.map(Path::toString).filter(file -> file.endsWith(".expected")))
          .hasSameElementsAs(scripts);
    }
  }
}
