package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the integration adds to a boot with nothing pending, over the same application with nothing but its pool. No test: profile
 * {@code benchmark} runs it, and it prints a ratio and whether the goal is met.
 */
@PostgresTest
class BootCost {
  private static final int MIGRATIONS = 100;
  private static final int WARM_UP = 15;
  private static final int ROUNDS = 51;
  private static final double GOAL_MS = 10;

  /** One for all boots, since Micronaut remembers what it finds by class loader. */
  private static final ClassLoader WITHOUT = new Without();

  @TempDir
  Path folder;

  private enum Application {
    /** The integration is not on its class path; to miss it costs its class loader some time. */
    BARE,
    OFF,
    NOTHING_PENDING
  }

  @Test
  void nothing_pending(TestDatabase database) throws IOException {
    for (int i = 1; i <= MIGRATIONS; i++) {
      Files.writeString(
          folder.resolve("%04d_table.sql".formatted(i)), "create table t%d (id int)".formatted(i));
    }
    boot(database, Application.NOTHING_PENDING).start().close();
    assertThat(database.value("SELECT count(*) FROM schema_migrations"))
        .isEqualTo(String.valueOf(MIGRATIONS));

    Map<Application, List<Double>> times = new EnumMap<>(Application.class);
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (Application application : Application.values()) {
        double ms = time(database, application);
        if (round >= 0) {
          times.computeIfAbsent(application, a -> new ArrayList<>()).add(ms);
        }
      }
    }
    double bare = Math.min(
        fastest(times.getOrDefault(Application.BARE, List.of())),
        fastest(times.getOrDefault(Application.OFF, List.of())));
    times.forEach((application, all) -> System.out.printf(
        "boot cost: %-16s median %6.2f ms, fastest tenth %6.2f ms, %+6.2f ms, %.2f x%n",
        application, part(all, 2), fastest(all), fastest(all) - bare, fastest(all) / bare));
    double added = fastest(times.getOrDefault(Application.NOTHING_PENDING, List.of())) - bare;
    System.out.printf(
        "boot cost: goal, less than %.0f ms with nothing pending: %s (%.2f ms)%n",
        GOAL_MS, added < GOAL_MS ? "met" : "NOT MET", added);
  }

  private double time(TestDatabase database, Application application) {
    Boot boot = boot(database, application);
    long began = System.nanoTime();
    ApplicationContext context = application == Application.BARE
        ? boot.builder().classLoader(WITHOUT).start()
        : boot.builder().start();
    double ms = (System.nanoTime() - began) / 1e6;
    assertThat(context.containsBean(DataSourceHook.class))
        .isEqualTo(application != Application.BARE);
    context.close();
    return ms;
  }

  private Boot boot(TestDatabase database, Application application) {
    return new Boot()
        .dataSource("default", database)
        .with("migrator.enabled", application != Application.OFF)
        .with("migrator.datasources.default.locations", "filesystem:" + folder);
  }

  /** What a tenth of the boots is faster than: what else the machine does is no part of it. */
  private static double fastest(List<Double> times) {
    return part(times, 10);
  }

  private static double part(List<Double> times, int divisor) {
    return times.stream().sorted().toList().get(times.size() / divisor);
  }

  /** A class path that lacks the integration. */
  private static final class Without extends ClassLoader {
    Without() {
      super(BootCost.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("dev.migrator.micronaut.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
