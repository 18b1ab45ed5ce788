/** pg_dump, pg_restore and psql as processes. */
@NullMarked
package dev.migrator.internal.backup;

import org.jspecify.annotations.NullMarked;
