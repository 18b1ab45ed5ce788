package dev.migrator.micronaut;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.value.PropertyCatalog;
import io.micronaut.core.value.PropertyResolver;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which data sources are migrated, and how.
 *
 * @param enabled whether anything is migrated
 * @param listed by the data sources' names; {@code default} where the configuration lists none
 * @param explicit whether the configuration lists them
 */
record BootSettings(boolean enabled, Map<String, DataSourceSettings> listed, boolean explicit) {

  static final String ENABLED = "migrator.enabled";

  static final String DEFAULT = "default";

  /**
   * What the configuration says.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it has a property that does not exist
   */
  static BootSettings of(ApplicationContext context) {
    boolean enabled = context.getProperty(ENABLED, Boolean.class).orElse(true);
    Map<String, DataSourceSettings> listed = new TreeMap<>();
    for (DataSourceSettings settings : context.getBeansOfType(DataSourceSettings.class)) {
      if (isListed(settings.name(), context)) {
        listed.put(canonical(settings.name()), settings);
      }
    }
    if (enabled) {
      refuseUnknownProperties(context);
    }
    return listed.isEmpty()
        ? new BootSettings(enabled, Map.of(DEFAULT, DataSourceSettings.defaults(DEFAULT)), false)
        : new BootSettings(enabled, listed, true);
  }

  /** The settings of a data source; none when it is not listed. */
  Optional<DataSourceSettings> find(String dataSource) {
    return Optional.ofNullable(listed.get(canonical(dataSource)));
  }

  /** Names that differ only in their spelling ({@code orderHistory}, {@code order-history}) are one to Micronaut. */
  static String canonical(String name) {
    return NameUtils.hyphenate(name, true);
  }

  /**
   * Whether something is said about a data source. An environment variable does not tell where a name ends: {@code
   * .._ORDER_HISTORY_ENABLED} makes Micronaut see a data source {@code order} too, with a property {@code
   * history-enabled}.
   */
  private static boolean isListed(String dataSource, PropertyResolver properties) {
    return DataSourceSettings.KEYS.stream()
        .anyMatch(
            key -> properties.containsProperties(DataSourceSettings.property(dataSource, key)));
  }

  /** A misspelt property would be ignored otherwise, and the data source migrated in another way than somebody wanted. */
  private static void refuseUnknownProperties(PropertyResolver properties) {
    for (String name : written(DataSourceSettings.PREFIX, properties)) {
      for (String key : written(DataSourceSettings.PREFIX + "." + name, properties)) {
        if (!DataSourceSettings.KEYS.contains(canonical(key.replaceAll("\\[.*", "")))) {
          throw MigrationException.because(
                  FailureCode.CONFIGURATION_INVALID,
                  "there is no property " + DataSourceSettings.property(name, key) + ".")
              .advice("write one of: "
                  + String.join(", ", DataSourceSettings.KEYS.stream().sorted().toList()) + ".")
              .build();
        }
      }
    }
  }

  /** What files and properties say; environment variables, whose words Micronaut joins in every way, are left out. */
  private static Iterable<String> written(String name, PropertyResolver properties) {
    return properties.getPropertyEntries(name, PropertyCatalog.RAW);
  }
}
