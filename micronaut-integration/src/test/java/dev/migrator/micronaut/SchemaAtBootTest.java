package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What configuration says of recorded schemas reaches the engine. */
@PostgresTest
class SchemaAtBootTest {

  @TempDir
  Path folder;

  @Test
  void a_kept_snapshot_and_the_refusal_of_drift(TestDatabase database) throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), "create table a (id int)");
    try (ApplicationContext context = boot(database).start()) {
      assertThat(context.isRunning()).isTrue();
    }
    assertThat(
            database.value(
                "select schema_snapshot is not null from migration_history where action = 'fingerprint' limit 1"))
        .isEqualTo("t");

    database.execute("create index on a (id)");
    Files.writeString(folder.resolve("02_b.sql"), "create table b ()");
    assertThat(catchThrowableOfType(RuntimeException.class, boot(database)::start))
        .satisfies(failure -> assertThat(StartupFailure.of(failure))
            .get()
            .extracting(StartupFailure::code)
            .isEqualTo(FailureCode.SCHEMA_DRIFTED));
    assertThat(database.value("select to_regclass('b')")).isEqualTo("NULL");
  }

  private Boot boot(TestDatabase database) {
    return new Boot()
        .dataSource("default", database)
        .with("migrator.datasources.default.locations", "filesystem:" + folder)
        .with("migrator.datasources.default.keep-snapshots", "true")
        .with("migrator.datasources.default.on-drift", "refuse");
  }
}
