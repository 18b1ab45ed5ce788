package dev.migrator.demo.quotes;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A quote in a list.
 *
 * @param number what people call it
 * @param customer whom it was made for
 * @param title what it is about
 * @param status draft, sent, accepted or declined
 * @param currency ISO 4217 code
 * @param total the sum of its lines
 * @param validUntil the last day on which it can be accepted
 */
@Introspected
@Serdeable
record QuoteSummary(
    String number,
    String customer,
    String title,
    String status,
    String currency,
    BigDecimal total,
    LocalDate validUntil) {}
