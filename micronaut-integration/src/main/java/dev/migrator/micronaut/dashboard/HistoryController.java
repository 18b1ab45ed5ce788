package dev.migrator.micronaut.dashboard;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.history.HistoryEntry;
import dev.migrator.micronaut.history.HistoryFilter;
import dev.migrator.micronaut.history.MigrationRecords;
import dev.migrator.micronaut.operate.Runs;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.operations.JdbcRepositoryOperations;
import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;

/** The history with pages and a filter. */
@Controller(Doorkeeper.PATH)
@Requires(
    classes = {HttpClientAddressResolver.class, TemplateEngine.class, JdbcRepositoryOperations.class
    })
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class HistoryController {

  private static final int SIZE = 25;

  private static final int LONGEST_FILTER = 200;

  private static final List<String> ACTIONS =
      List.of("apply", "rollback", "baseline", "repair", "fingerprint");

  private static final List<String> STATUSES = List.of("success", "failed");

  private final Doorkeeper door;
  private final MigrationRecords records;

  HistoryController(Doorkeeper door, MigrationRecords records) {
    this.door = door;
    this.records = records;
  }

  /** One page of it. */
  @Get("/history")
  @Nullable
  HttpResponse<?> history(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "") String dataSource,
      @QueryValue(defaultValue = "0") String page,
      @QueryValue(defaultValue = "") String text,
      @QueryValue(defaultValue = "") String action,
      @QueryValue(defaultValue = "") String status) {
    return door.admit(request, visitor -> {
      Optional<MigratedDataSource> one = door.dataSource(dataSource);
      if (one.isEmpty()) {
        return door.message(visitor, HttpStatus.NOT_FOUND, "There is no such data source.");
      }
      if (!page.matches("[0-9]{1,6}")
          || text.length() > LONGEST_FILTER
          || !(action.isEmpty() || ACTIONS.contains(action))
          || !(status.isEmpty() || STATUSES.contains(status))) {
        return door.message(visitor, HttpStatus.BAD_REQUEST, "There is no such page.");
      }
      if (Runs.isUnderWay(one.get())) {
        return door.message(
            visitor,
            HttpStatus.CONFLICT,
            "A run is under way; the history is read when it has ended.");
      }
      HistoryFilter filter = new HistoryFilter(text, action, status);
      Page<HistoryEntry> found =
          records.history(one.get(), filter, Pageable.from(Integer.parseInt(page), SIZE));
      return door.page(
          visitor,
          HttpStatus.OK,
          "history",
          "History of " + one.get().name(),
          values(one.get(), filter, found));
    });
  }

  private Map<String, Object> values(
      MigratedDataSource one, HistoryFilter filter, Page<HistoryEntry> found) {
    int number = found.getPageNumber();
    Map<String, Object> values = new HashMap<>();
    values.put("dataSource", one.name());
    values.put(
        "filter",
        Map.of("text", filter.text(), "action", filter.action(), "status", filter.status()));
    values.put("actions", ACTIONS);
    values.put("statuses", STATUSES);
    values.put(
        "count", found.getTotalSize() == 1 ? "1 entry." : found.getTotalSize() + " entries.");
    values.put(
        "entries", found.getContent().stream().map(HistoryController::entry).toList());
    values.put("number", number + 1);
    values.put("pages", found.getTotalPages());
    if (number > 0) {
      values.put("previous", link(one, filter, number - 1));
    }
    if (number + 1 < found.getTotalPages()) {
      values.put("next", link(one, filter, number + 1));
    }
    return values;
  }

  private String link(MigratedDataSource one, HistoryFilter filter, int page) {
    return UriBuilder.of(door.base() + "/history")
        .queryParam("dataSource", one.name())
        .queryParam("text", filter.text())
        .queryParam("action", filter.action())
        .queryParam("status", filter.status())
        .queryParam("page", page)
        .build()
        .toString();
  }

  private static Map<String, Object> entry(HistoryEntry entry) {
    Map<String, Object> values = new HashMap<>();
    values.put("when", Shown.time(entry.executedAt()));
    values.put("label", (orEmpty(entry.version()) + " " + orEmpty(entry.name())).strip());
    values.put("action", entry.action());
    values.put("status", entry.status());
    values.put("style", entry.status().equals("success") ? "good" : "bad");
    values.put("who", orEmpty(entry.executedBy()));
    values.put("environment", orEmpty(entry.environment()));
    values.put("time", Shown.duration(entry.executionTimeMs()));
    values.put("error", Shown.text(entry.errorMessage()));
    return values;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
