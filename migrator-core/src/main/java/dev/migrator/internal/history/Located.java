package dev.migrator.internal.history;

/**
 * Where the session is, and whether the tracking tables are there.
 *
 * @param database the database
 * @param names the tracking tables' names
 * @param exists whether they exist
 * @param serverVersion {@code server_version_num}, for example 150004
 */
public record Located(String database, TrackingNames names, boolean exists, int serverVersion) {}
