/** Words: settings that a caller chooses, as small types instead of strings and booleans. */
@NullMarked
package dev.migrator.config;

import org.jspecify.annotations.NullMarked;
