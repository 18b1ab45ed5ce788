package dev.migrator.demo.archive;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;

/**
 * A row of {@code archived_invoices}.
 *
 * @param number what people call it
 * @param total the amount
 */
@MappedEntity(value = "archived_invoices", schema = "archive")
@Serdeable
record ArchivedInvoice(@Id String number, BigDecimal total) {}
