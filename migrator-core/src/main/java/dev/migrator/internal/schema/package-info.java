/** The schema as a value: catalog to snapshot to fingerprint, and two snapshots to their diff. */
@NullMarked
package dev.migrator.internal.schema;

import org.jspecify.annotations.NullMarked;
