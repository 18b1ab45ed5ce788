package dev.migrator;

import dev.migrator.config.Environment;
import dev.migrator.config.SchemaRecording;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  MigrationEngine engine(TestDatabase database) {
    return builder(database.dataSource()).build();
  }
}
