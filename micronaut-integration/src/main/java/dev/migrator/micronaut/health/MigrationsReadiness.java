package dev.migrator.micronaut.health;

import dev.migrator.micronaut.BootProgress;
import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.operate.Standing;
import dev.migrator.micronaut.operate.Standings;
import dev.migrator.micronaut.operate.StatusJson;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.SafeText;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.core.util.StringUtils;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.reactivestreams.Publisher;

/**
 * Whether every data source is as the application needs it. It takes part in readiness only: an application that migrates
 * lives, and must not be restarted for it. It asks no database.
 */
@Singleton
@Readiness
@Requires(classes = HealthIndicator.class)
@Requires(property = "endpoints.health.migrations.enabled", notEquals = StringUtils.FALSE)
final class MigrationsReadiness implements HealthIndicator {

  private final Standings standings;

  MigrationsReadiness(Standings standings) {
    this.standings = standings;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    List<MigratedDataSource> all = standings.dataSources();
    boolean ready = all.stream().allMatch(one -> one.status().state().isReady());
    Map<String, Object> details = new LinkedHashMap<>();
    all.forEach(one -> details.put(one.name(), details(one)));
    return Publishers.just(HealthResult.builder("migrations")
        .status(ready ? HealthStatus.UP : HealthStatus.DOWN)
        .details(details)
        .build());
  }

  private Map<String, Object> details(MigratedDataSource one) {
    Map<String, Object> details = StatusJson.brief(one);
    details.remove("name");
    details.remove("progress");
    details.values().removeIf(Objects::isNull);
    BootProgress progress = one.status().progress();
    MigrationException failure = one.status().failure();
    if (progress != null) {
      details.put("reason", SafeText.of(progress.words()));
      if (progress.of() > 0) {
        details.put("pending", progress.of() - Math.max(0, progress.place() - 1));
      }
    } else {
      if (failure != null) {
        // The first line: what follows it is for the log.
        details.put("reason", SafeText.of(failure).lines().findFirst().orElse(""));
        details.put("code", failure.code().name());
      }
      Standing last = standings.last(one);
      if (last != null && last.pending() >= 0) {
        details.put("pending", last.pending());
      } else if (one.status().report() != null) {
        details.put("pending", 0);
      }
    }
    return details;
  }
}
