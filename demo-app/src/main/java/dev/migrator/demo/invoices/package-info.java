/** What customers owe, and what they paid. */
@NullMarked
package dev.migrator.demo.invoices;

import org.jspecify.annotations.NullMarked;
