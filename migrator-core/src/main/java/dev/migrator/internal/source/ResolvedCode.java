package dev.migrator.internal.source;

import dev.migrator.migration.Checksum;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.Migration;
import dev.migrator.migration.ReversibleJavaMigration;

/**
 * A migration that the application wrote in Java.
 *
 * @param migration its identity; its script is the name of its class
 * @param checksum what its author declares
 * @param isTransactional whether it runs in one transaction
 * @param code the code
 */
public record ResolvedCode(
    Migration migration, Checksum checksum, boolean isTransactional, JavaMigration code)
    implements Resolved {

  @Override
  public boolean hasRollback() {
    return code instanceof ReversibleJavaMigration;
  }
}
