/** Scripts on the class path or on disk: file names to versions, content to checksum. */
@NullMarked
package dev.migrator.internal.source;

import org.jspecify.annotations.NullMarked;
