package dev.migrator.internal.history;

/**
 * Where the session is, and whether the tracking tables are there.
 *
 * @param database the database
 * @param names the tracking tables' names
 * @param exists whether they exist
 */
public record Located(String database, TrackingNames names, boolean exists) {}
