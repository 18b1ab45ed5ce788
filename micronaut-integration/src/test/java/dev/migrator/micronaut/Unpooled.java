package dev.migrator.micronaut;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A data source without a pool, which would stay open when a start fails. */
final class Unpooled {

  private Unpooled() {}

  static DataSource to(String url) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    dataSource.setUser("postgres");
    dataSource.setPassword("postgres");
    return dataSource;
  }
}
