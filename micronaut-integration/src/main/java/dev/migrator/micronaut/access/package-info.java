/** Who may ask and order over HTTP: the token, the limit of failed attempts, and which environments answer at all. */
@NullMarked
package dev.migrator.micronaut.access;

import org.jspecify.annotations.NullMarked;
