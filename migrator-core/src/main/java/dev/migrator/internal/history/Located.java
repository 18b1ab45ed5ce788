package dev.migrator.internal.history;

import org.jspecify.annotations.Nullable;

/**
 * Where the session is, and whether the tracking tables are there.
 *
 * @param database the database
 * @param names the tracking tables' names
 * @param currentSchema where the session creates what it does not name a schema for; {@code null} when there is none
 * @param exists whether they exist
 * @param inHouse what is known of them when they are an in-house tool's still; {@code null} when they are ours
 */
public record Located(
    String database,
    TrackingNames names,
    @Nullable String currentSchema,
    boolean exists,
    @Nullable InHouse inHouse) {

  Located(String database, TrackingNames names, @Nullable String currentSchema, boolean exists) {
    this(database, names, currentSchema, exists, null);
  }
}
