package dev.migrator.testing;

/**
 * A role that may log in, made for one test.
 *
 * @param name unique in the cluster, safe to write without quotes
 * @param password what the server asks the role for
 */
public record TestRole(String name, String password) {}
