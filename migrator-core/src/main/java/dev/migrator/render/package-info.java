/** Reports as text for people and as JSON for machines. */
@NullMarked
package dev.migrator.render;

import org.jspecify.annotations.NullMarked;
