/** Redaction of secrets and quoting of identifiers, each in one place. */
@NullMarked
package dev.migrator.internal.text;

import org.jspecify.annotations.NullMarked;
