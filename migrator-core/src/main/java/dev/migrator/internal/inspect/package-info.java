/** Questions put to a live server: what it would refuse, who blocks a session, how far an index is. */
@NullMarked
package dev.migrator.internal.inspect;

import org.jspecify.annotations.NullMarked;
