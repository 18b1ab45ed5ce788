package dev.migrator.micronaut.operate;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.MigratedDataSources;
import dev.migrator.migration.MigrationException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the data sources stand, read from their databases. Nothing is read while this instance migrates one: its pool may have
 * no second connection, and a reader would wait for it as long as the run takes.
 */
@Singleton
public final class Standings {

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final MigratedDataSources dataSources;
  private final Background background;

  Standings(MigratedDataSources dataSources, Background background) {
    this.dataSources = dataSources;
    this.background = background;
  }

  /** The data sources that stand somewhere: those that the configuration lists. */
  public List<MigratedDataSource> dataSources() {
    return dataSources.all();
  }

  /** Reads it now; what was read last, when this instance is at work on the data source. */
  public Optional<Standing> now(MigratedDataSource one) {
    return within(one, Duration.ZERO);
  }

  /** What was read within a time; reads it when nothing was. */
  public Optional<Standing> within(MigratedDataSource one, Duration age) {
    Kept last = kept.get(one.name());
    if (last != null && System.nanoTime() - last.at < age.toNanos()) {
      return Optional.of(last.standing);
    }
    if (Runs.isUnderWay(one)) {
      return Optional.ofNullable(last).map(Kept::standing);
    }
    return one.engine().map(engine -> {
      Standing standing;
      try {
        standing = new Standing(engine.status(), null);
      } catch (MigrationException e) {
        standing = new Standing(null, e);
      }
      kept.put(one.name(), new Kept(standing, System.nanoTime()));
      return standing;
    });
  }

  /** What was read last, however long ago; {@code null} when nothing was. Reads nothing. */
  public @Nullable Standing last(MigratedDataSource one) {
    Kept last = kept.get(one.name());
    return last == null ? null : last.standing;
  }

  /** As {@link #last}; when that is old, another thread reads it anew for whoever asks next. */
  public @Nullable Standing refreshing(MigratedDataSource one) {
    background.sometimes("standing of " + one.name(), () -> now(one));
    return last(one);
  }

  /** It is no longer so. */
  void forget(String dataSource) {
    kept.remove(dataSource);
    background.soon("standing of " + dataSource);
  }

  private record Kept(Standing standing, long at) {}
}
