package dev.migrator.micronaut;

import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** An application with a data source and nothing else; {@link BareClassPathTest} starts it in a process of its own. */
final class BareApplication {

  private BareApplication() {}

  /** Takes properties, {@code name=value}. */
  public static void main(String[] properties) throws SQLException {
    Map<String, Object> all = new HashMap<>();
    for (String property : properties) {
      int equals = property.indexOf('=');
      all.put(property.substring(0, equals), property.substring(equals + 1));
    }
    try (ApplicationContext context =
            ApplicationContext.builder("test").properties(all).start();
        Connection connection = context.getBean(DataSource.class).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM bare")) {
      rows.next();
      System.out.println(
          context.getBean(MigratedDataSources.class).all().get(0).status().state() + ", rows: "
              + rows.getInt(1) + ", beans: " + context.getAllBeanDefinitions().size());
    }
  }
}
