package dev.migrator.micronaut.dashboard;

import dev.migrator.micronaut.BootProgress;
import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.operate.Json;
import dev.migrator.micronaut.operate.StatusJson;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import org.thymeleaf.TemplateEngine;
import reactor.core.publisher.Flux;

/** The progress of runs as server-sent events. It is read from memory: no database is asked. */
@Controller(Doorkeeper.PATH)
@Requires(classes = {HttpClientAddressResolver.class, TemplateEngine.class, Flux.class})
final class EventsController {

  private static final Duration EVERY = Duration.ofMillis(500);

  /** A browser comes back by itself then, and shows its cookie again. */
  private static final Duration LASTS = Duration.ofMinutes(10);

  private static final int MOST = 50;

  private final Doorkeeper door;
  private final AtomicInteger listening = new AtomicInteger();

  EventsController(Doorkeeper door) {
    this.door = door;
  }

  /** What is under way, again and again. */
  @Get("/events")
  @Produces(MediaType.TEXT_EVENT_STREAM)
  Publisher<Event<String>> events(HttpRequest<?> request) {
    if (!door.isOpen()) {
      throw new HttpStatusException(HttpStatus.NOT_FOUND, "Page Not Found");
    }
    if (door.visitor(request).isEmpty()) {
      throw new HttpStatusException(HttpStatus.UNAUTHORIZED, "Log in first");
    }
    if (listening.incrementAndGet() > MOST) {
      listening.decrementAndGet();
      throw new HttpStatusException(HttpStatus.SERVICE_UNAVAILABLE, "Too many look already");
    }
    return Flux.interval(Duration.ZERO, EVERY)
        .onBackpressureDrop()
        .map(tick -> Event.of(now()).name("status"))
        .take(LASTS)
        .doFinally(signal -> listening.decrementAndGet());
  }

  private String now() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (MigratedDataSource one : door.dataSources()) {
      BootProgress progress = one.status().progress();
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("place", all.size());
      values.put("state", one.status().state().name());
      values.put("progress", StatusJson.progress(progress));
      values.put(
          "seconds",
          progress == null
              ? 0
              : Duration.between(progress.since(), Instant.now()).toSeconds());
      all.add(values);
    }
    return Json.of(all);
  }
}
