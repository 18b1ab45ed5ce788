/** What the engine must survive: cut connections, killed processes and servers, failover, poolers, crowds. */
@NullMarked
package dev.migrator.faults;

import org.jspecify.annotations.NullMarked;
