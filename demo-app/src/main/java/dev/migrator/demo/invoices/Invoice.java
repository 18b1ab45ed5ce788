package dev.migrator.demo.invoices;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An invoice and what is left to pay.
 *
 * @param number what people call it
 * @param customer who owes it
 * @param status open, paid or void
 * @param currency ISO 4217 code
 * @param total the amount
 * @param paid what was paid so far
 * @param balance what is left
 * @param dueOn the day by which it is to be paid
 */
@Introspected
@Serdeable
record Invoice(
    String number,
    String customer,
    String status,
    String currency,
    BigDecimal total,
    BigDecimal paid,
    BigDecimal balance,
    LocalDate dueOn) {}
