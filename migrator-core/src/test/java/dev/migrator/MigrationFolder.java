package dev.migrator;

import dev.migrator.config.Environment;
import dev.migrator.config.SchemaRecording;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A folder of scripts that a test writes, and engines over it. They do not record the schema, so that the history holds what
 * the scripts did and nothing else; {@link SchemaRecordTest} is about the other kind.
 */
record MigrationFolder(Path path) {

  MigrationFolder script(String name, String sql) {
    try {
      Files.writeString(path.resolve(name), sql);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two migrations, a table each, that can be taken back. */
  MigrationFolder withTablesAAndB() {
    return script("01_a.sql", "create table a (id int);")
        .script("01_a_rollback.sql", "drop table a;")
        .script("02_b.sql", "create table b (id int);")
        .script("02_b_rollback.sql", "drop table b;");
  }

  MigrationFolder without(String name) {
    try {
      Files.delete(path.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MigrationEngineBuilder builder(DataSource dataSource) {
    return MigrationEngine.builder()
        .dataSource(dataSource)
        .locations("filesystem:" + path)
        .environment(Environment.TEST)
        .appliedBy("tester")
        .schemaRecording(SchemaRecording.OFF);
  }

  /** An engine whose changes have to be confirmed, by nothing that the process was started with. */
  MigrationEngineBuilder production(TestDatabase database) {
    return builder(database.dataSource())
        .environment(Environment.PRODUCTION)
        .processEnvironment(Map.of());
  }

  MigrationEngine engine(TestDatabase database) {
    return builder(database.dataSource()).build();
  }
}
