package dev.migrator.micronaut;

import dev.migrator.migration.MigrationException;
import io.micronaut.context.ApplicationContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The data sources that the configuration lists, each with its engine and with what its boot did. May be asked at any time, by
 * any thread; it never creates a data source.
 */
@Singleton
public final class MigratedDataSources {

  private final ApplicationContext context;
  private @Nullable BootSettings settings;
  private Map<String, MigratedDataSource> known = Map.of();

  MigratedDataSources(ApplicationContext context) {
    this.context = context;
  }

  /**
   * All of them, by name; those whose boot does nothing, too.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when the configuration cannot be used
   */
  public List<MigratedDataSource> all() {
    boolean explicit = settings().explicit();
    return known().entrySet().stream()
        // Nobody spoke of a default data source that there is not.
        .filter(e -> explicit || DataSourceBeans.all(context).containsKey(e.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * The data source of a name; empty when the configuration does not list it.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when the configuration cannot be used
   */
  public Optional<MigratedDataSource> find(String name) {
    return Optional.ofNullable(known().get(BootSettings.canonical(name)));
  }

  /** What the configuration says; it is read once. */
  synchronized BootSettings settings() {
    BootSettings read = settings;
    if (read == null) {
      read = BootSettings.of(context);
      boolean enabled = read.enabled();
      Map<String, MigratedDataSource> listed = new TreeMap<>();
      read.listed()
          .forEach((name, one) -> listed.put(
              name,
              new MigratedDataSource(
                  one.name(), enabled ? one.mode() : BootMode.OFF, one.gates())));
      known = listed;
      settings = read;
    }
    return read;
  }

  private synchronized Map<String, MigratedDataSource> known() {
    settings();
    return known;
  }
}
