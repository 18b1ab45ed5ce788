package dev.migrator.micronaut.endpoint;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.history.HistoryEntry;
import dev.migrator.micronaut.history.HistoryFilter;
import dev.migrator.micronaut.history.MappedEntities;
import dev.migrator.micronaut.history.MigrationRecords;
import dev.migrator.micronaut.operate.Json;
import dev.migrator.micronaut.operate.Runs;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.JsonReport;
import dev.migrator.render.SafeText;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.data.jdbc.operations.JdbcRepositoryOperations;
import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What needs Micronaut Data: pages of the history, and whether the application's entities have their tables and columns. */
@Controller(MigrationsController.PATH)
@Requires(classes = {HttpClientAddressResolver.class, JdbcRepositoryOperations.class})
@Requires(property = "migrator.endpoint.enabled", notEquals = StringUtils.FALSE)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EntitiesController {

  private static final int PAGE = 50;

  private final Gate gate;
  private final MigrationRecords records;
  private final MappedEntities entities;

  EntitiesController(Gate gate, MigrationRecords records, MappedEntities entities) {
    this.gate = gate;
    this.records = records;
    this.entities = entities;
  }

  /**
   * A page of the history of a data source, the latest first.
   *
   * @param dataSource which; the first when none is named
   * @param page which page, from 0
   */
  @Get("/history")
  @Nullable
  HttpResponse<String> history(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "") String dataSource,
      @QueryValue(defaultValue = "0") String page,
      @QueryValue(defaultValue = "") String text) {
    return gate.admit(request, () -> {
      Optional<MigratedDataSource> one = gate.dataSources().stream()
          .filter(candidate -> dataSource.isEmpty() || candidate.name().equals(dataSource))
          .findFirst();
      if (one.isEmpty()) {
        return Problem.of(HttpStatus.NOT_FOUND, "There is no such data source.");
      }
      if (!page.matches("[0-9]{1,6}")) {
        return Problem.of(HttpStatus.BAD_REQUEST, "\"page\" is a number from 0.");
      }
      if (Runs.isUnderWay(one.get())) {
        return Problem.of(HttpStatus.CONFLICT, "A run is under way in this instance.");
      }
      Page<HistoryEntry> found = records.history(
          one.get(), new HistoryFilter(text, "", ""), Pageable.from(Integer.parseInt(page), PAGE));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("type", "history");
      document.put("dataSource", one.get().name());
      document.put("page", found.getPageNumber());
      document.put("pages", found.getTotalPages());
      document.put("total", found.getTotalSize());
      document.put(
          "entries", found.getContent().stream().map(EntitiesController::entry).toList());
      return Gate.ok(Json.of(document) + "\n");
    });
  }

  /** Which tables and columns the application's entities lack. */
  @Get("/entities")
  @Nullable
  HttpResponse<String> entities(HttpRequest<?> request) {
    return gate.admit(request, () -> {
      List<MigratedDataSource> all = gate.dataSources();
      if (all.stream().anyMatch(Runs::isUnderWay)) {
        return Problem.of(HttpStatus.CONFLICT, "A run is under way in this instance.");
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("type", "entities");
      document.put("dataSources", all.stream().map(this::compared).toList());
      return Gate.ok(Json.of(document) + "\n");
    });
  }

  private Map<String, Object> compared(MigratedDataSource one) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", one.name());
    try {
      MappedEntities.Comparison comparison = entities.compare(one);
      values.put("compared", comparison.compared());
      values.put(
          "missing",
          comparison.missing().stream()
              .map(missing -> {
                Map<String, Object> what = new LinkedHashMap<>();
                what.put("entity", missing.entity());
                what.put("table", missing.table());
                what.put("columns", missing.columns());
                return what;
              })
              .toList());
    } catch (MigrationException e) {
      values.put("failure", new Json.Verbatim(JsonReport.of(e)));
    }
    return values;
  }

  private static Map<String, Object> entry(HistoryEntry entry) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("sequence", entry.sequence());
    values.put("version", entry.version());
    values.put("name", entry.name());
    values.put("action", entry.action());
    values.put("status", entry.status());
    values.put("executedAt", entry.executedAt().toString());
    values.put("executionTimeMs", entry.executionTimeMs());
    values.put("executedBy", entry.executedBy());
    values.put("environment", entry.environment());
    values.put(
        "errorMessage", entry.errorMessage() == null ? null : SafeText.of(entry.errorMessage()));
    values.put("runId", entry.runId() == null ? null : entry.runId().toString());
    return values;
  }
}
