package dev.migrator.internal.schema;

import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** A database of random schemas. */
final class RandomDatabase {

  private RandomDatabase() {}

  /** Makes that many schemas. */
  static void fill(TestDatabase database, Draw draw, int schemas) {
    fill(database.dataSource(), database.serverVersion().major(), draw, schemas);
  }

  /** Makes that many schemas, for a server of that major version. */
  static void fill(PGSimpleDataSource database, int major, Draw draw, int schemas) {
    for (int i = 1; i <= schemas; i++) {
      String name = draw.chance(15) ? "\"Sch " + i + "\"" : "sch_" + i;
      run(database, RandomSchema.of(name, major, new Draw(draw.seed())));
    }
  }

  /** Sends texts as they are, in one transaction; the driver's lexer reads some bodies of functions as several statements. */
  static void run(PGSimpleDataSource source, List<String> texts) {
    String sql = "";
    source.setPreferQueryMode(PreferQueryMode.SIMPLE);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String text : texts) {
        sql = text;
        statement.execute(text);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + "\n" + sql, e);
    }
  }
}
