package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scripts that are too large to be held: their COPY data are read from the file when they are sent. */
@PostgresTest
class LargeScriptTest {

  private static final String BEFORE = "create table t (id int, v text);\ncopy t from stdin;\n";
  private static final String AFTER = "\\.\ncreate index on t (id);\n";

  @TempDir
  Path path;

  /** Lines of a thousand bytes between two statements. */
  private static void write(Path file, int lines) throws IOException {
    String value = "x".repeat(991);
    try (OutputStream out = Files.newOutputStream(file)) {
      StringBuilder chunk = new StringBuilder(BEFORE);
      for (int i = 0; i < lines; i++) {
        chunk.append("%07d".formatted(i)).append('\t').append(value).append('\n');
        if (chunk.length() > 1 << 20) {
          out.write(chunk.toString().getBytes(StandardCharsets.UTF_8));
          chunk.setLength(0);
        }
      }
      out.write(chunk.append(AFTER).toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void sixtyMegabytesAreAppliedInAHeapOfTwentyFour(TestDatabase database) throws Exception {
    write(path.resolve("0001_rows.sql"), 60_000);
    assertThat(Files.size(path.resolve("0001_rows.sql"))).isGreaterThan(60_000_000);
    Process process = migrate(database, "-Xmx24m");
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(path.resolve("out.txt")))
        .isZero();
    assertThat(database.query("select count(*), min(id), max(id), min(length(v)) from t"))
        .containsExactly(List.of("60000", "0", "59999", "991"));
  }

  private Process migrate(TestDatabase database, String heap) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        heap,
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        "dev.migrator.cli.MigratorCommand",
        "migrate",
        "--location",
        "filesystem:" + path,
        "--environment",
        "test");
    builder
        .environment()
        .put(
            "DATABASE_URL",
            "postgresql:" + database.jdbcUrl().substring("jdbc:postgresql:".length()));
    builder.environment().put("MIGRATOR_NO_LOG_FILES", "true");
    builder.environment().put("PGUSER", database.user());
    builder.environment().put("PGPASSWORD", database.password());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(path.resolve("out.txt").toFile())
        .start();
  }

  /** What happens to the file after it was read and before it is sent. */
  enum Change {
    ONE_BYTE,
    LESS,
    NEARLY_NOTHING,
    GONE;

    void make(Path file) throws IOException {
      switch (this) {
        case ONE_BYTE -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'y'}), 1_000_000);
          }
        }
        case LESS -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(1_000_000);
          }
        }
        case NEARLY_NOTHING -> Files.writeString(file, "");
        case GONE -> Files.delete(file);
      }
    }
  }

  /** Runs before the large script and changes its file. */
  private record Changing(Path file, Change change) implements JavaMigration {

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String description() {
      return "change";
    }

    @Override
    public String checksum() {
      return "1";
    }

    @Override
    public void apply(Connection connection) throws IOException {
      change.make(file);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatChangesBeforeItIsSentFailsAndLeavesNothingBehind(
      Change change, TestDatabase database) throws IOException {
    Path file = path.resolve("0002_rows.sql");
    write(file, 2_000);
    MigrationEngine engine = new MigrationFolder(path)
        .builder(database.dataSource())
        .javaMigrations(List.of(new Changing(file, change)))
        .build();
    MigrationException failure = catchThrowableOfType(MigrationException.class, engine::migrate);
    assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(failure)
        .hasMessageContaining("0002_rows.sql:2:1")
        .hasMessageContaining("0002 rows left nothing behind");
    if (change == Change.GONE) {
      assertThat(failure)
          .hasMessageContaining("the COPY data at 0002_rows.sql:3:1 cannot be read again");
    } else {
      assertThat(failure)
          .hasMessageContaining(
              "the COPY data at 0002_rows.sql:3:1 changed after the script was read");
    }
    assertThat(database.value("select to_regclass('t')")).isEqualTo("NULL");
    assertThat(database.value("select status from schema_migrations where version = '0002'"))
        .isEqualTo("failed");
  }
}
