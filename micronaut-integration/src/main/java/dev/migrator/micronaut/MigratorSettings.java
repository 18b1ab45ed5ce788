package dev.migrator.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What concerns all data sources.
 *
 * @param enabled whether anything is migrated or checked; {@code false}: one line in the log, no thread, no query
 * @param runAndExit whether the application ends once all data sources are migrated, with the exit code; for init
 *     containers and jobs, started with {@code MigratorApplication}
 */
@ConfigurationProperties("migrator")
record MigratorSettings(
    @Bindable(defaultValue = "true") boolean enabled,
    @Bindable(defaultValue = "false") boolean runAndExit) {}
