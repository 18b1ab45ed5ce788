package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.Connections;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.OutsideStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideTest {

  @Test
  void upAndDownScriptsAreLookedThroughWithoutAConnection(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("0001_app.sql"), "CREATE TABLE t ();\nGRANT ALL ON t TO app, reader;\n");
    Files.writeString(folder.resolve("0002_reader.sql"), "-- who reads\nCREATE ROLE reader;\n");
    Files.writeString(folder.resolve("0002_reader_rollback.sql"), "DROP ROLE reader;\n");
    OutsideReport report = MigrationEngine.builder()
        .connections(Connections.to("postgresql://localhost:1/nothing"))
        .locations("filesystem:" + folder)
        .build()
        .outside();
    assertThat(report.statements())
        .extracting(OutsideStatement::words)
        .containsExactly(
            "0002_reader.sql:2:1: CREATE ROLE reaches roles",
            "0002_reader_rollback.sql:1:1: DROP ROLE reaches roles");
    assertThat(report.roles()).containsExactly("app");
    assertThat(report.databases()).isEmpty();
  }
}
