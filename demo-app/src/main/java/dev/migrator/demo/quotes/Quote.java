package dev.migrator.demo.quotes;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * A row of {@code quotes}, as far as the repository needs it.
 *
 * @param id the key
 * @param number what people call it
 */
@MappedEntity("quotes")
record Quote(@Id long id, String number) {}
