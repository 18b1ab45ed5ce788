/** What was offered to whom. */
@NullMarked
package dev.migrator.demo.quotes;

import org.jspecify.annotations.NullMarked;
