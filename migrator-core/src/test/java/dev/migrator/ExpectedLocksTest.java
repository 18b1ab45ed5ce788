package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.Connections;
import dev.migrator.config.Environment;
import dev.migrator.report.ExpectedLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts' text lets expect of locks: no server is asked. */
@Tag("any-server")
class ExpectedLocksTest {

  @TempDir
  Path folder;

  @Test
  void whatWasThereBeforeIsToldAndWhatTheScriptCreatesIsNot() throws IOException {
    ExpectedLocks locks = locks("""
        CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint REFERENCES customers);
        CREATE INDEX orders_customer ON orders (customer);

        ALTER TABLE customers ADD COLUMN note text;
        CREATE INDEX CONCURRENTLY IF NOT EXISTS items_name ON items (name);
        INSERT INTO items SELECT 1;
        """);
    assertThat(locks.locks())
        .extracting(Object::toString)
        .containsExactly(
            "SHARE ROW EXCLUSIVE on customers (line 1)", "ACCESS EXCLUSIVE on customers (line 4)");
    assertThat(locks.decidedByCatalog()).isFalse();
    assertThat(locks.untold()).isFalse();
  }

  @Test
  void whatTheTextDoesNotTellIsSaid() throws IOException {
    assertThat(locks("DROP TABLE orders;").decidedByCatalog()).isTrue();
    assertThat(locks("DO $$ BEGIN EXECUTE 'DROP TABLE orders'; END $$;").untold())
        .isTrue();
    assertThat(locks("SELECT 1;")).isEqualTo(locks("INSERT INTO t VALUES (1);"));
  }

  private ExpectedLocks locks(String script) throws IOException {
    Files.writeString(folder.resolve("0001_a.sql"), script);
    MigrationEngine engine = MigrationEngine.builder()
        .connections(Connections.to("jdbc:postgresql://nowhere.invalid/none"))
        .locations("filesystem:" + folder)
        .environment(Environment.TEST)
        .build();
    return Objects.requireNonNull(engine.expectedLocks().get("0001"));
  }
}
