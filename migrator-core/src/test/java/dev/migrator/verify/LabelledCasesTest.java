package dev.migrator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.RollbackPolicy;
import dev.migrator.config.RowCheck;
import dev.migrator.report.VerifyReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.ThrowAwayDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which down scripts fail that was seen in real projects: a folder each, the expected report beside it. */
@PostgresTest
class LabelledCasesTest {

  private static final boolean REWRITE = Boolean.getBoolean("migrator.golden.rewrite");

  private static final Path CASES = Path.of("src/test/resources/dev/migrator/verify/cases");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachCaseGetsItsVerdict(String name, TestDatabase database) throws IOException {
    Path folder = CASES.resolve(name);
    VerifyReport report = MigrationVerifier.builder()
        .migrations(engine -> engine.locations("filesystem:" + folder))
        .server(ThrowAwayDatabases.beside(database))
        .rollbackPolicy(
            name.equals("no-down")
                ? RollbackPolicy.requiredFrom("0004")
                : RollbackPolicy.required())
        .rows(name.startsWith("rows-") ? RowCheck.GENERATED : RowCheck.OFF)
        .build()
        .verify();
    Path expected = folder.resolve("expected.txt");
    if (REWRITE) {
      Files.writeString(expected, Told.of(report));
    }
    assertThat(Told.of(report)).isEqualTo(Files.readString(expected));
  }
}
