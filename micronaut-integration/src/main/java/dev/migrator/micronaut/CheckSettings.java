package dev.migrator.micronaut;

import dev.migrator.config.CheckPolicy;
import dev.migrator.config.CheckQuery;
import dev.migrator.config.ExpectedColumn;
import dev.migrator.config.Postflight;
import dev.migrator.config.Preflight;
import dev.migrator.config.Safeguards;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.naming.conventions.StringConvention;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The checks before and after the migrations of one data source.
 *
 * @param name the data source's name
 * @param preflight {@code off}, {@code warn}, {@code require} or {@code production}
 * @param postflight the same of the checks afterwards
 * @param disabledChecks the ids of checks that are not asked
 * @param expectedColumns the tables and columns that must be there afterwards
 * @param longTransaction from when on a transaction counts as long
 * @param blocked from when on a session that waits for a lock is told of; default {@code 5s}
 * @param busyConnections from how many percent of the connections on it is told that they become few; default {@code 80}
 * @param largeTable from how many bytes on a table that the plan touches is told of; default 1 GiB
 * @param checkTimeout how long the server may take over each check; default {@code 5s} before, {@code 10s} afterwards
 * @param checkQueries queries that must return no row afterwards, by the name that reports call them; each in a read-only
 *     transaction
 * @param showRows whether the report shows the first rows that such a query returned; they are people's data
 * @param force whether a run goes on when a check of the preflight fails; it is written to the history, and does not stand for
 *     the confirmation of production
 */
@EachProperty(DataSourceSettings.PREFIX)
record CheckSettings(
    @Parameter String name,
    @Nullable String preflight,
    @Nullable String postflight,
    @Nullable List<String> disabledChecks,
    @Nullable List<String> expectedColumns,
    @Nullable String longTransaction,
    @Nullable String blocked,
    @Nullable Integer busyConnections,
    @Nullable Long largeTable,
    @Nullable String checkTimeout,

    @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
    @Nullable
    Map<String, String> checkQueries,

    @Bindable(defaultValue = "false") boolean showRows,
    @Bindable(defaultValue = "false") boolean force) {

  static final Set<String> KEYS = Set.of(
      "preflight",
      "postflight",
      "disabled-checks",
      "expected-columns",
      "long-transaction",
      "blocked",
      "busy-connections",
      "large-table",
      "check-timeout",
      "check-queries",
      "show-rows",
      "force");

  /** The checks of a data source about which nothing was said. */
  static CheckSettings defaults(String name) {
    return new CheckSettings(
        name, null, null, null, null, null, null, null, null, null, null, false, false);
  }

  /**
   * Switches them: before a run in production; after it everywhere, where one that fails is told and stops nothing, for at the
   * next start there is nothing left to check.
   *
   * @param reader reads times as Micronaut does
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a value cannot be used
   */
  Safeguards applyTo(Safeguards safeguards, ConversionService reader) {
    return safeguards
        .force(force)
        .preflight(checks -> before(checks, reader))
        .postflight(checks -> after(checks, reader));
  }

  private Preflight before(Preflight defaults, ConversionService reader) {
    Preflight checks = defaults
        .policy(policy("preflight", preflight, CheckPolicy.PRODUCTION))
        .disabled(disabled());
    checks = timed("long-transaction", longTransaction, reader, checks, Preflight::longTransaction);
    checks = timed("blocked", blocked, reader, checks, Preflight::blocked);
    checks = timed("check-timeout", checkTimeout, reader, checks, Preflight::timeout);
    if (busyConnections != null) {
      checks = set("busy-connections", busyConnections, "1 to 100", checks, Preflight::connections);
    }
    return largeTable == null
        ? checks
        : set("large-table", largeTable, "a number of bytes", checks, Preflight::largeTable);
  }

  private Postflight after(Postflight defaults, ConversionService reader) {
    Postflight checks = defaults
        .policy(policy("postflight", postflight, CheckPolicy.WARN))
        .disabled(disabled())
        .showRows(showRows);
    checks = timed("check-timeout", checkTimeout, reader, checks, Postflight::timeout);
    if (checkQueries != null) {
      checks = checks.queries(checkQueries.entrySet().stream()
          .map(query -> set(
              "check-queries." + query.getKey(),
              query.getValue(),
              "one query",
              query.getKey(),
              CheckQuery::new))
          .toList());
    }
    return expectedColumns == null
        ? checks
        : checks.expected(expectedColumns.stream().map(this::column).toList());
  }

  private <C> C timed(
      String key,
      @Nullable String value,
      ConversionService reader,
      C checks,
      BiFunction<C, Duration, C> change) {
    return value == null
        ? checks
        : set(
            key,
            SettingValues.time(property(key), value, reader),
            "a time from 1ms to 24 days",
            checks,
            change);
  }

  /** With a value that it may refuse. */
  private <C, V, R> R set(
      String key, V value, String instead, C checks, BiFunction<C, V, R> change) {
    try {
      return change.apply(checks, value);
    } catch (IllegalArgumentException e) {
      throw SettingValues.cannotBe(property(key), value.toString(), instead);
    }
  }

  private Set<String> disabled() {
    return disabledChecks == null ? Set.of() : Set.copyOf(disabledChecks);
  }

  private ExpectedColumn column(String text) {
    try {
      return ExpectedColumn.of(text.strip());
    } catch (IllegalArgumentException e) {
      throw SettingValues.cannotBe(
          property("expected-columns"),
          text,
          "table, table.column, schema.table.column or schema.table.*");
    }
  }

  private CheckPolicy policy(String key, @Nullable String value, CheckPolicy otherwise) {
    return value == null
        ? otherwise
        : SettingValues.choice(property(key), value, CheckPolicy.class);
  }

  private String property(String key) {
    return DataSourceSettings.property(name, key);
  }
}
