package dev.migrator.demo.invoices;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** Reads invoices and stores payments. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface InvoiceRepository extends GenericRepository<Payment, Long> {

  /** An invoice with its balance. */
  @Query("""
      SELECT i.number, c.name AS customer, i.status, i.currency_code AS currency,
             b.total, b.paid, b.balance, i.due_on
        FROM invoices i
        JOIN customers c ON c.id = i.customer_id
        JOIN invoice_balances b ON b.invoice_id = i.id
       WHERE i.id = :id
      """)
  Optional<Invoice> find(long id);

  /** Stores a payment; the database refuses one that is too much. */
  Payment save(Payment payment);
}
