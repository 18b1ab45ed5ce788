package dev.migrator.micronaut;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.value.PropertyCatalog;
import io.micronaut.core.value.PropertyResolver;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which data sources are migrated, and how.
 *
 * @param enabled whether anything is migrated
 * @param runAndExit whether the application ends once that is done
 * @param listed by the data sources' names; {@code default} where the configuration lists none
 * @param explicit whether the configuration lists them
 */
record BootSettings(
    boolean enabled, boolean runAndExit, Map<String, Listed> listed, boolean explicit) {

  /**
   * One data source.
   *
   * @param engine how it is migrated
   * @param boot what its boot does
   * @param run how its scripts run
   * @param gates what they have to pass before
   * @param checks what is checked before and after them
   * @param backup what is saved before
   */
  record Listed(
      DataSourceSettings engine,
      BootOptions boot,
      RunSettings run,
      GateSettings gates,
      CheckSettings checks,
      BackupSettings backup) {

    String name() {
      return engine.name();
    }

    /** What its boot does, switched off or not. */
    BootMode mode() {
      return engine.enabled() ? boot.bootMode() : BootMode.OFF;
    }
  }

  static final String ENABLED = "migrator.enabled";

  static final String DEFAULT = "default";

  /**
   * What the configuration says.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it has a property that does not exist
   */
  static BootSettings of(ApplicationContext context) {
    MigratorSettings all = context.getBean(MigratorSettings.class);
    Map<String, BootOptions> boots = byName(context, BootOptions.class, BootOptions::name);
    Map<String, RunSettings> runs = byName(context, RunSettings.class, RunSettings::name);
    Map<String, GateSettings> gates = byName(context, GateSettings.class, GateSettings::name);
    Map<String, CheckSettings> checks = byName(context, CheckSettings.class, CheckSettings::name);
    Map<String, BackupSettings> backups =
        byName(context, BackupSettings.class, BackupSettings::name);
    Map<String, Listed> listed = new TreeMap<>();
    for (DataSourceSettings engine : context.getBeansOfType(DataSourceSettings.class)) {
      String name = engine.name();
      if (isListed(name, context)) {
        Listed defaults = defaults(name);
        listed.put(
            canonical(name),
            new Listed(
                engine,
                boots.getOrDefault(name, defaults.boot()),
                runs.getOrDefault(name, defaults.run()),
                gates.getOrDefault(name, defaults.gates()),
                checks.getOrDefault(name, defaults.checks()),
                backups.getOrDefault(name, defaults.backup())));
      }
    }
    if (all.enabled()) {
      refuseUnknownProperties(context);
    }
    return listed.isEmpty()
        ? new BootSettings(
            all.enabled(), all.runAndExit(), Map.of(DEFAULT, defaults(DEFAULT)), false)
        : new BootSettings(all.enabled(), all.runAndExit(), listed, true);
  }

  private static <S> Map<String, S> byName(
      ApplicationContext context, Class<S> settings, Function<S, String> name) {
    Map<String, S> found = new TreeMap<>();
    context.getBeansOfType(settings).forEach(one -> found.put(name.apply(one), one));
    return found;
  }

  private static Listed defaults(String name) {
    return new Listed(
        DataSourceSettings.defaults(name),
        BootOptions.defaults(name),
        RunSettings.defaults(name),
        GateSettings.defaults(name),
        CheckSettings.defaults(name),
        BackupSettings.defaults(name));
  }

  /** The settings of a data source; none when it is not listed. */
  Optional<Listed> find(String dataSource) {
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
    return keys()
        .anyMatch(
            key -> properties.containsProperties(DataSourceSettings.property(dataSource, key)));
  }

  /** A misspelt property would be ignored otherwise, and the data source migrated in another way than somebody wanted. */
  private static void refuseUnknownProperties(PropertyResolver properties) {
    for (String name : written(DataSourceSettings.PREFIX, properties)) {
      for (String key : written(DataSourceSettings.PREFIX + "." + name, properties)) {
        if (keys().noneMatch(canonical(key.replaceAll("\\[.*", ""))::equals)) {
          throw MigrationException.because(
                  FailureCode.CONFIGURATION_INVALID,
                  "there is no property " + DataSourceSettings.property(name, key) + ".")
              .advice("write one of: " + String.join(", ", keys().sorted().toList()) + ".")
              .build();
        }
      }
    }
  }

  /** Every property of a data source. */
  static Stream<String> keys() {
    return Stream.of(
            DataSourceSettings.KEYS,
            BootOptions.KEYS,
            RunSettings.KEYS,
            GateSettings.KEYS,
            CheckSettings.KEYS,
            BackupSettings.KEYS)
        .flatMap(Set::stream);
  }

  /** What files and properties say; environment variables, whose words Micronaut joins in every way, are left out. */
  private static Iterable<String> written(String name, PropertyResolver properties) {
    return properties.getPropertyEntries(name, PropertyCatalog.RAW);
  }
}
