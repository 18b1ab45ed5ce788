/** The command line: options in, exit code out; everything between is the engine's. */
@NullMarked
package dev.migrator.cli;

import org.jspecify.annotations.NullMarked;
