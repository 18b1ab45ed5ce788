package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script that is too large to be held is read several times, and each time it must be the same. */
class WholeReadTest {

  @TempDir
  Path path;

  private Script large(String last) throws IOException {
    write(last);
    return new ScriptFolder(path).first().script();
  }

  private void write(String last) throws IOException {
    Files.writeString(
        path.resolve("0001_a.sql"), "-- " + "x".repeat(Found.LARGE) + "\nselect " + last + ";");
  }

  @Test
  void whatIsParsedIsWhatWasChecked() throws IOException {
    Script script = large("1");
    script.checksum();
    assertThat(script.parse().statements()).hasSize(1);
    write("2");
    assertThatThrownBy(script::parse)
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_UNREADABLE))
        .hasMessageContaining("0001_a.sql cannot be read: it changed while it was read");
  }

  @Test
  void aPartIsNotCompared() throws IOException {
    Script script = large("1");
    script.checksum();
    write("2");
    Found found = new Found("a", "a", new PathContent(path.resolve("0001_a.sql")));
    try (InputStream in = found.open()) {
      in.skipNBytes(Found.LARGE);
      assertThat(in.readAllBytes()).endsWith('2', ';');
    }
    try (InputStream in = found.open()) {
      assertThat(in.readAllBytes()).endsWith('2', ';');
    }
  }
}
