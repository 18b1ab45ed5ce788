package dev.migrator.demo.invoices;

import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** {@code GET /invoices/1} and {@code POST /invoices/1/payments} */
@Controller("/invoices")
@ExecuteOn(TaskExecutors.BLOCKING)
class InvoiceController {
  private final InvoiceRepository invoices;

  InvoiceController(InvoiceRepository invoices) {
    this.invoices = invoices;
  }

  @Get("/{id}")
  Optional<Invoice> get(long id) {
    return invoices.find(id);
  }

  /** The rules are the database's: an amount above zero, a known method, an open invoice, not too much. */
  @Post("/{id}/payments")
  @Status(HttpStatus.CREATED)
  Invoice pay(long id, @Body PaymentRequest payment) {
    Invoice invoice = existing(id);
    try {
      invoices.save(new Payment(
          null, id, payment.amount(), invoice.currency(), payment.method(), payment.reference()));
    } catch (DataAccessException e) {
      throw refused(e);
    }
    return existing(id);
  }

  private Invoice existing(long id) {
    return invoices
        .find(id)
        .orElseThrow(() ->
            new HttpStatusException(HttpStatus.NOT_FOUND, "there is no invoice with id " + id));
  }

  private static RuntimeException refused(DataAccessException failure) {
    if (!(failure.getCause() instanceof PSQLException e) || e.getServerErrorMessage() == null) {
      return failure;
    }
    String message = String.valueOf(e.getServerErrorMessage().getMessage());
    if (PSQLState.NOT_NULL_VIOLATION.getState().equals(e.getSQLState())) {
      return new HttpStatusException(HttpStatus.BAD_REQUEST, message);
    }
    return PSQLState.CHECK_VIOLATION.getState().equals(e.getSQLState())
        ? new HttpStatusException(HttpStatus.CONFLICT, message)
        : failure;
  }
}
