/** Invoices of years that are closed, in a database of their own. */
@NullMarked
package dev.migrator.demo.archive;

import org.jspecify.annotations.NullMarked;
