package dev.migrator.demo.invoices;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code payments}; the server writes the time.
 *
 * @param id the key, {@code null} before it is stored
 * @param invoiceId the invoice
 * @param amount how much, in the invoice's currency
 * @param currencyCode ISO 4217 code
 * @param method how it came in
 * @param reference what the payer wrote
 */
@MappedEntity("payments")
record Payment(
    @Id @GeneratedValue @Nullable Long id,
    long invoiceId,
    BigDecimal amount,
    String currencyCode,
    String method,
    @Nullable String reference) {}
