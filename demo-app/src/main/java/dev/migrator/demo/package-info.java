/** Quotes and invoices: an application that migrates its database while it boots. */
@NullMarked
package dev.migrator.demo;

import org.jspecify.annotations.NullMarked;
