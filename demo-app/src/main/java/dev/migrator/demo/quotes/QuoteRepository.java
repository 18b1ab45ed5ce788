package dev.migrator.demo.quotes;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Reads quotes. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface QuoteRepository extends GenericRepository<Quote, Long> {

  /** All quotes, or those whose number and title hold all the words. */
  @Query("""
      SELECT q.number, c.name AS customer, q.title, q.status, q.currency_code AS currency,
             round(coalesce(sum(l.quantity * l.unit_price), 0), u.minor_units) AS total,
             q.valid_until
        FROM quotes q
        JOIN customers c ON c.id = q.customer_id
        JOIN currencies u ON u.code = q.currency_code
        LEFT JOIN quote_lines l ON l.quote_id = q.id
       WHERE :words = '' OR q.words @@ plainto_tsquery('simple', :words)
       GROUP BY q.id, c.id, u.code
       ORDER BY q.number
      """)
  List<QuoteSummary> find(String words);
}
