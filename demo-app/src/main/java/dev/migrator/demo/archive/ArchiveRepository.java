package dev.migrator.demo.archive;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Reads the archive, where the demo has one. */
@JdbcRepository(dataSource = "archive", dialect = Dialect.POSTGRES)
@Requires(property = "datasources.archive.url")
interface ArchiveRepository extends GenericRepository<ArchivedInvoice, String> {

  /** All of it. */
  List<ArchivedInvoice> findAllOrderByNumber();
}
