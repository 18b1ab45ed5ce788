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
 * <table>
 *   <caption>Properties; each can be given as an environment variable too ({@code MIGRATOR_ENABLED})</caption>
 *   <tr><th>Property</th><th>Default</th><th>Meaning</th></tr>
 *   <tr><td>{@code migrator.enabled}</td><td>{@code true}</td>
 *     <td>{@code false}: nothing is done at all, but for one line in the log</td></tr>
 *   <tr><td colspan="3">{@code migrator.datasources.<name>.}, where {@code <name>} is the data source's</td></tr>
 *   <tr><td>{@code enabled}</td><td>{@code true}</td><td>the same for one data source</td></tr>
 *   <tr><td>{@code locations}</td><td>{@code classpath:db/migration}</td>
 *     <td>folders: {@code classpath:..} or {@code filesystem:..}</td></tr>
 *   <tr><td>{@code naming}</td><td>{@code automatic}</td>
 *     <td>{@code automatic}, {@code numbered}, {@code up-down}, {@code flyway}, {@code directory}, {@code drizzle},
 *     {@code dbmate}, {@code goose}, {@code sql-migrate}</td></tr>
 *   <tr><td>{@code recursive}</td><td>{@code false}</td><td>whether folders within them are read</td></tr>
 *   <tr><td>{@code allow-empty}</td><td>{@code false}</td><td>whether a folder may hold no script</td></tr>
 *   <tr><td>{@code placeholders}</td><td>none</td>
 *     <td>what {@code ${name}} in the scripts stands for, by name; without any, nothing is replaced</td></tr>
 *   <tr><td>{@code placeholders-in-bodies}</td><td>{@code false}</td>
 *     <td>whether they are replaced in dollar-quoted texts too</td></tr>
 *   <tr><td>{@code schema}</td><td>the session's current schema</td><td>where the tracking tables are</td></tr>
 *   <tr><td>{@code create-schema}</td><td>{@code false}</td><td>whether that schema is created</td></tr>
 *   <tr><td>{@code table}</td><td>{@code schema_migrations}</td><td>the tracking table's name</td></tr>
 *   <tr><td>{@code search-path}</td><td>what the session has</td><td>the scripts' {@code search_path}</td></tr>
 *   <tr><td>{@code out-of-order}</td><td>{@code refuse}</td><td>{@code refuse} or {@code apply}</td></tr>
 *   <tr><td>{@code missing}</td><td>{@code refuse}</td><td>{@code refuse} or {@code tolerate}</td></tr>
 *   <tr><td>{@code on-failure}</td><td>{@code keep}</td>
 *     <td>what a run has completed when a later migration fails: {@code keep} or {@code roll-back}</td></tr>
 *   <tr><td>{@code partial}</td><td>{@code resume}</td>
 *     <td>a migration that stopped half-way: {@code resume} or {@code take-down}</td></tr>
 *   <tr><td>{@code lock-wait}</td><td>{@code 5m}</td><td>how long to wait while another instance migrates</td></tr>
 *   <tr><td>{@code direct-url}</td><td>none</td><td>the server's own address, when the data source leads through a pooler</td></tr>
 *   <tr><td>{@code lock-timeout}</td><td>{@code 3s}</td>
 *     <td>how long a statement may wait for a lock, and others queue behind it; {@code 0s}: what the session has</td></tr>
 *   <tr><td>{@code lock-retry}</td><td>{@code 5m}</td>
 *     <td>for how long a migration that met a lock is tried again</td></tr>
 *   <tr><td>{@code statement-timeout}</td><td>what the session has</td><td>how long a statement may take</td></tr>
 *   <tr><td>{@code run-timeout}</td><td>none</td><td>how long the whole run may take</td></tr>
 *   <tr><td>{@code reconnect}</td><td>{@code 1m}</td>
 *     <td>for how long a run that lost its connection looks for another one; {@code 0s}: not at all</td></tr>
 *   <tr><td>{@code grace}</td><td>{@code 30s}</td>
 *     <td>how long a CONCURRENTLY may go on once the run is to stop</td></tr>
 *   <tr><td>{@code environment}</td><td>see below</td>
 *     <td>{@code development}, {@code test}, {@code staging}, {@code production}</td></tr>
 *   <tr><td>{@code confirm-production}</td><td>{@code CONFIRM_PRODUCTION_MIGRATION}</td>
 *     <td>whether pending migrations may be applied in production</td></tr>
 * </table>
 *
 * <p>Without the property, the environment is what the variable {@code MIGRATOR_ENVIRONMENT} says, else what Micronaut's
 * active environments say, else {@code NODE_ENV}. An application that was started without any of them is in an unknown
 * environment, and that counts as production: pending migrations need the confirmation.
 *
 * <h2>Migrations written in Java</h2>
 *
 * <p>A bean of type {@link dev.migrator.migration.JavaMigration} is a migration of the data source that its {@code @Named}
 * says, of the default one without a name. It gets a connection, and must not need the data source itself.
 *
 * <h2>Listeners</h2>
 *
 * <p>A bean of type {@link dev.migrator.event.MigrationListener} is told what happens to the data source that its {@code
 * @Named} says, without a name to every one. It must not need a data source that it is told of. Nothing is published through
 * Micronaut's {@code ApplicationEventPublisher}, which would create every listener there is, whatever it needs.
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
