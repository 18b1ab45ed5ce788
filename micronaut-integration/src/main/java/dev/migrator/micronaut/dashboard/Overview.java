package dev.migrator.micronaut.dashboard;

import dev.migrator.config.Environment;
import dev.migrator.micronaut.BootMode;
import dev.migrator.micronaut.BootState;
import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.operate.Standing;
import dev.migrator.micronaut.operate.Standings;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.render.SafeText;
import dev.migrator.report.MigrationStatus;
import dev.migrator.report.StatusReport;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.reflect.ClassUtils;
import io.micronaut.http.server.util.HttpHostResolver;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;

/** What the first page shows of each data source. */
@Singleton
@Requires(classes = {HttpHostResolver.class, TemplateEngine.class})
final class Overview {

  private static final int WIDEST = 1_000;

  private final Standings standings;
  private final PendingScripts scripts;
  private final boolean history;

  Overview(Standings standings, PendingScripts scripts) {
    this.standings = standings;
    this.scripts = scripts;
    this.history = ClassUtils.isPresent(
        "io.micronaut.data.jdbc.operations.JdbcRepositoryOperations",
        Overview.class.getClassLoader());
  }

  List<Map<String, Object>> of(List<MigratedDataSource> all) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (MigratedDataSource one : all) {
      shown.add(of(one, shown.size()));
    }
    return shown;
  }

  private Map<String, Object> of(MigratedDataSource one, int place) {
    Standing standing = standings.now(one).orElse(null);
    StatusReport status = standing == null ? null : standing.status();
    List<MigrationStatus> migrations = status == null ? List.of() : status.migrations();
    Map<String, Object> values = new HashMap<>();
    values.put("place", place);
    values.put("name", one.name());
    values.put("query", URLEncoder.encode(one.name(), StandardCharsets.UTF_8));
    values.put("runnable", one.mode() != BootMode.OFF && one.engine().isPresent());
    values.put("history", history && status != null && status.tracked());
    values.put("facts", facts(one, status));
    values.put("notes", notes(status));
    long longest = Math.max(
        1,
        migrations.stream()
            .map(MigrationStatus::executionTimeMs)
            .mapToLong(time -> time == null ? 0 : time)
            .max()
            .orElse(1));
    values.put(
        "timeline",
        migrations.stream()
            .filter(m -> !Standing.isPending(m.state()))
            .sorted(Comparator.comparingLong(MigrationStatus::rank).reversed())
            .map(m -> applied(m, longest))
            .toList());
    List<MigrationStatus> pending =
        migrations.stream().filter(m -> Standing.isPending(m.state())).toList();
    values.put("pending", pending(one, pending));
    result(one, standing, pending.size(), values);
    return values;
  }

  private static void result(
      MigratedDataSource one,
      @Nullable Standing standing,
      int pending,
      Map<String, Object> values) {
    MigrationException failure = Optional.ofNullable(one.status().failure())
        .or(() -> Optional.ofNullable(standing).map(Standing::failure))
        .orElse(null);
    BootState state = one.status().state();
    String style = "good";
    String result = "Up to date.";
    if (failure != null) {
      style = "bad";
      result = SafeText.of(failure);
    } else if (one.status().progress() != null || state == BootState.RUNNING) {
      style = "open";
      result = "A run is under way.";
    } else if (standing != null && standing.dirty() > 0) {
      style = "bad";
      result = standing.dirty() + " failed, edited or missing; " + pending + " pending.";
    } else if (pending > 0) {
      style = "open";
      result = pending + " pending.";
    } else if (standing == null) {
      style = "open";
      result = "Not read yet.";
    }
    values.put("style", style);
    values.put("result", result);
  }

  private static List<String> facts(MigratedDataSource one, @Nullable StatusReport status) {
    List<String> facts = new ArrayList<>();
    one.environment().map(Environment::stored).ifPresent(facts::add);
    facts.add("mode " + one.mode().name().toLowerCase(Locale.ROOT));
    facts.add(one.status().state().name().toLowerCase(Locale.ROOT) + " since "
        + Shown.time(one.status().since()));
    if (status != null) {
      facts.add("database " + status.database());
      facts.add("schema " + status.schema());
      MigrationStatus current = status.current();
      facts.add(
          current == null ? "no version" : "version " + current.migration().id());
      facts.add(status.count(MigrationState.APPLIED) + " applied");
    }
    return facts;
  }

  private static List<String> notes(@Nullable StatusReport status) {
    return status == null
        ? List.of()
        : status.notes().stream().map(SafeText::of).toList();
  }

  private Map<String, Object> applied(MigrationStatus migration, long longest) {
    Map<String, Object> values = common(migration);
    Long time = migration.executionTimeMs();
    values.put("remark", Shown.duration(time));
    values.put(
        "width", time == null ? 0 : Math.max(2, Math.round((double) WIDEST * time / longest)));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Applied", Shown.time(migration.appliedAt()));
    facts.put("By", migration.appliedBy() == null ? "" : migration.appliedBy());
    facts.put("Script", migration.migration().script());
    facts.put("Rollback", migration.rollback() ? "a down script is at hand" : "none");
    values.put("facts", named(facts));
    return values;
  }

  private List<Map<String, Object>> pending(
      MigratedDataSource one, List<MigrationStatus> migrations) {
    if (migrations.isEmpty()) {
      return List.of();
    }
    PendingScripts.Known known = scripts.of(one);
    return migrations.stream()
        .map(migration -> {
          String id = migration.migration().id();
          Map<String, Object> values = common(migration);
          values.put("remark", "");
          Map<String, String> facts = new LinkedHashMap<>();
          facts.put("Script", migration.migration().script());
          facts.put("Runs", known.manner().getOrDefault(id, ""));
          facts.put("Expected locks", known.locks().getOrDefault(id, ""));
          facts.put("Rollback", migration.rollback() ? "a down script is at hand" : "none");
          values.put("facts", named(facts));
          values.put("findings", known.findings().getOrDefault(id, List.of()));
          values.put("sql", Shown.text(known.texts().get(id)));
          return values;
        })
        .toList();
  }

  private static Map<String, Object> common(MigrationStatus migration) {
    Map<String, Object> values = new HashMap<>();
    values.put("label", migration.migration().label());
    values.put("state", migration.state().words());
    values.put("style", Shown.style(migration.state()));
    values.put("error", Shown.text(migration.errorMessage()));
    return values;
  }

  private static List<Map<String, String>> named(Map<String, String> facts) {
    return facts.entrySet().stream()
        .filter(fact -> !fact.getValue().isEmpty())
        .map(fact -> Map.of("name", fact.getKey(), "value", fact.getValue()))
        .toList();
  }
}
