package dev.migrator.architecture.broken.internal.sql;

import dev.migrator.architecture.broken.Door;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.postgresql.PGConnection;
import org.tomlj.TomlTable;
import picocli.CommandLine;

/** Knows the door, JDBC, the driver and three libraries, none of which it may. */
public abstract class Statement implements Extension {
  protected @Nullable Door door;
  protected @Nullable Connection connection;
  protected @Nullable DataSource dataSource;
  protected @Nullable PGConnection driver;
  protected @Nullable CommandLine commandLine;
  protected @Nullable TomlTable table;
}
