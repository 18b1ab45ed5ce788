package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.testing.PgBouncer;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data source that leads through a pooler, and the address of the server behind it. */
@PostgresTest
class DirectUrlTest {

  @TempDir
  Path folder;

  @Test
  @RequiresProgram("pgbouncer")
  void migrations_that_a_pooler_does_not_allow_run_on_the_direct_address(TestDatabase database)
      throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), "create table a (i int);");
    Files.writeString(folder.resolve("02_b.sql"), "create index concurrently a_i on a (i);");
    try (PgBouncer pooler = PgBouncer.pooling(database, 2)) {
      Boot boot = new Boot()
          .dataSource("default", database)
          .with("datasources.default.url", pooler.jdbcUrl())
          .with("migrator.datasources.default.locations", "filesystem:" + folder);
      assertThatThrownBy(boot::start)
          .rootCause()
          .hasMessageContaining("02 b cannot run through a connection pooler")
          .hasMessageContaining("direct-url");
      try (ApplicationContext context = boot.with(
              "migrator.datasources.default.direct-url", database.jdbcUrl())
          .start()) {
        assertThat(context.isRunning()).isTrue();
      }
    }
    assertThat(database.value("select indisvalid from pg_index where indexrelid = 'a_i'::regclass"))
        .isEqualTo("t");
  }

  @Test
  void an_address_that_cannot_be_read_is_refused_by_its_property(TestDatabase database) {
    assertThatThrownBy(() -> new Boot()
            .dataSource("default", database)
            .with("migrator.datasources.default.direct-url", "somewhere")
            .start())
        .rootCause()
        .hasMessageContaining("migrator.datasources.default.direct-url cannot be used")
        .hasMessageContaining("write jdbc:postgresql://host:5432/name");
  }
}
