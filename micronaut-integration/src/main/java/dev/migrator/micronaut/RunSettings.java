package dev.migrator.micronaut;

import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.TransactionMode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the scripts of one data source run.
 *
 * @param name the data source's name
 * @param duplicates two scripts of one version: {@code refuse} (default) or {@code run-in-name-order}
 * @param timeZone the {@code TimeZone} of the scripts; default {@code UTC}
 * @param appliedBy who is recorded as having applied them; default: {@code GITHUB_ACTOR}, else user@host
 * @param singleTransaction whether all pending migrations run in one transaction: all of them are applied, or none
 * @param stepwise whether every statement is sent and awaited by itself; it costs a round trip for each
 */
@EachProperty(DataSourceSettings.PREFIX)
record RunSettings(
    @Parameter String name,
    @Nullable String duplicates,
    @Nullable String timeZone,
    @Nullable String appliedBy,
    @Bindable(defaultValue = "false") boolean singleTransaction,
    @Bindable(defaultValue = "false") boolean stepwise) {

  static final Set<String> KEYS =
      Set.of("duplicates", "time-zone", "applied-by", "single-transaction", "stepwise");

  /** The runs of a data source about which nothing was said. */
  static RunSettings defaults(String name) {
    return new RunSettings(name, null, null, null, false, false);
  }

  /**
   * Hands what is set to an engine.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a value cannot be used
   */
  void applyTo(MigrationEngineBuilder engine) {
    if (duplicates != null) {
      engine.duplicateVersions(SettingValues.choice(
          DataSourceSettings.property(name, "duplicates"),
          duplicates,
          DuplicateVersionPolicy.class));
    }
    if (timeZone != null) {
      engine.timeZone(timeZone);
    }
    if (appliedBy != null) {
      engine.appliedBy(appliedBy);
    }
    if (singleTransaction) {
      engine.transactionMode(TransactionMode.SINGLE);
    }
    if (stepwise) {
      engine.stepwise(true);
    }
  }
}
