/** The pinned session: one connection, its settings, and messages to the server. The only room that touches the driver. */
@NullMarked
package dev.migrator.internal.jdbc;

import org.jspecify.annotations.NullMarked;
