package dev.migrator.micronaut.operate;

import dev.migrator.config.Environment;
import dev.migrator.micronaut.BootProgress;
import dev.migrator.micronaut.BootStatus;
import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.DryRunJson;
import dev.migrator.render.JsonReport;
import dev.migrator.render.SafeText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where data sources stand, and what came of a run, as JSON. Later versions add keys and never change one. */
public final class StatusJson {

  private StatusJson() {}

  /** All data sources, each with all of its migrations. */
  public static String of(List<MigratedDataSource> all, Standings standings) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "migrations");
    document.put("dataSources", all.stream().map(one -> full(one, standings)).toList());
    return Json.of(document) + "\n";
  }

  /** What came of a run, each data source with its plan, its report or its failure. */
  public static String of(Runs.Kind kind, List<Runs.Outcome> outcomes) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "run");
    document.put("dryRun", kind == Runs.Kind.DRY_RUN);
    document.put("dataSources", outcomes(outcomes));
    return Json.of(document) + "\n";
  }

  /** The same without the document around it. */
  public static List<Map<String, Object>> outcomes(List<Runs.Outcome> outcomes) {
    return outcomes.stream().map(StatusJson::outcome).toList();
  }

  private static Map<String, Object> outcome(Runs.Outcome outcome) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", outcome.dataSource());
    if (outcome instanceof Runs.Planned planned) {
      one.put("dryRun", new Json.Verbatim(DryRunJson.of(planned.report())));
    } else if (outcome instanceof Runs.Applied applied) {
      one.put("report", new Json.Verbatim(JsonReport.of(applied.report())));
    } else if (outcome instanceof Runs.Failed failed) {
      one.put("failure", new Json.Verbatim(JsonReport.of(failed.failure())));
    }
    return one;
  }

  private static Map<String, Object> full(MigratedDataSource one, Standings standings) {
    Map<String, Object> values = brief(one);
    Optional<Standing> standing = standings.now(one);
    values.put("pending", standing.map(Standing::pending).filter(n -> n >= 0).orElse(null));
    values.put(
        "status",
        standing
            .map(Standing::status)
            .map(status -> new Json.Verbatim(JsonReport.of(status)))
            .orElse(null));
    MigrationException failure = Optional.ofNullable(one.status().failure())
        .or(() -> standing.map(Standing::failure))
        .orElse(null);
    values.put("failure", failure == null ? null : new Json.Verbatim(JsonReport.of(failure)));
    return values;
  }

  /** What is known of a data source without asking its database, without secrets. */
  public static Map<String, Object> brief(MigratedDataSource one) {
    BootStatus status = one.status();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", one.name());
    values.put("mode", lower(one.mode()));
    values.put("environment", one.environment().map(Environment::stored).orElse(null));
    values.put("state", lower(status.state()));
    values.put("since", status.since().toString());
    values.put("progress", progress(status.progress()));
    return values;
  }

  /** How far a run is; {@code null} while there is none. */
  public static @Nullable Map<String, Object> progress(@Nullable BootProgress progress) {
    if (progress == null) {
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("runId", progress.runId() == null ? null : progress.runId().toString());
    values.put("action", progress.action() == null ? null : progress.action().stored());
    values.put("place", progress.place());
    values.put("of", progress.of());
    values.put(
        "migration", progress.migration() == null ? null : progress.migration().id());
    values.put("since", progress.since().toString());
    values.put("words", SafeText.of(progress.words()));
    return values;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
