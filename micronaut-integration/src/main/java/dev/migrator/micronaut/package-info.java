/**
 * Runs the migrations of an application's data sources while it boots, before anything else can use them.
 *
 * <h2>Which data sources are migrated</h2>
 *
 * <p>Exactly those that are listed under {@code migrator.datasources}. An application that lists none gets its data source
 * {@code default} migrated from {@code classpath:db/migration}. A data source that is not listed is left alone, and a line
 * in the log says so. Switching a listed one off never causes another one to be migrated.
 *
 * <h2>Configuration</h2>
 *
 * <p>{@code migrator.enabled} and {@code migrator.run-and-exit} concern all data sources, everything else is under {@code
 * migrator.datasources.<name>}. The page {@code docs/micronaut-reference.md}, made of the configuration metadata, lists it;
 * each property can be given as an environment variable too ({@code MIGRATOR_ENABLED}).
 *
 * <h2>What a boot does</h2>
 *
 * <p>What {@code mode} says: {@code apply} applies what is pending, {@code validate} fails when something is pending or edited,
 * {@code wait} waits until another runner has applied it, {@code off} does nothing. {@link
 * dev.migrator.micronaut.MigratedDataSources} tells what became of it. With {@code background} the application starts while its
 * migrations run, and its data source gives no connection before they are done.
 *
 * <p>Without the property {@code environment}, it is what the variable {@code MIGRATOR_ENVIRONMENT} says, else what
 * Micronaut's active environments say, else {@code NODE_ENV}. An application that was started without any of them is in an
 * unknown environment, and that counts as production: pending migrations need the confirmation.
 *
 * <h2>Migrations written in Java</h2>
 *
 * <p>A bean of type {@link dev.migrator.migration.JavaMigration} is a migration of the data source that its {@code @Named}
 * says, of the default one without a name. It gets a connection, and must not need the data source itself.
 *
 * <h2>Listeners</h2>
 *
 * <p>A bean of type {@link dev.migrator.event.MigrationListener} is told what happens to the data source that its {@code
 * @Named} says, without a name to every one. It must not need a data source that it is told of.
 *
 * <p>{@link dev.migrator.micronaut.MigrationsStarted} and the other application events reach any bean, also one that needs the
 * data source: those of a boot once the application has started, later ones in a thread of their own.
 *
 * <h2>When the process is told to end</h2>
 *
 * <p>While a data source is migrated there is a shutdown hook ({@link dev.migrator.StopAtShutdown}): what runs is cancelled,
 * a CONCURRENTLY is left its grace, and the process waits until the run has ended.
 *
 * <h2>When it fails</h2>
 *
 * <p>The application does not start and its port never opens. Started through {@link
 * dev.migrator.micronaut.MigratorApplication} it prints what happened as one block and ends with the exit code of the
 * failure.
 */
@NullMarked
package dev.migrator.micronaut;

import org.jspecify.annotations.NullMarked;
