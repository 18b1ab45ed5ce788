package dev.migrator.demo.invoices;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A payment that came in.
 *
 * @param amount how much, in the invoice's currency
 * @param method bank_transfer, card or cash
 * @param reference what the payer wrote
 */
@Serdeable
record PaymentRequest(
    BigDecimal amount, String method, @Nullable String reference) {}
