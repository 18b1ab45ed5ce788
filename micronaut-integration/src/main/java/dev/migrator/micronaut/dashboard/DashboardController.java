package dev.migrator.micronaut.dashboard;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.access.Access;
import dev.migrator.micronaut.operate.Runs;
import dev.migrator.render.DryRunText;
import dev.migrator.render.SafeText;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;

/** The pages, and the forms on them. */
@Controller(Doorkeeper.PATH)
@Requires(classes = {HttpClientAddressResolver.class, TemplateEngine.class})
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DashboardController {

  private final Doorkeeper door;
  private final Access access;
  private final BrowserSession sessions;
  private final Overview overview;
  private final Runs runs;
  private final Pages pages;

  DashboardController(
      Doorkeeper door,
      Access access,
      BrowserSession sessions,
      Overview overview,
      Runs runs,
      Pages pages) {
    this.door = door;
    this.access = access;
    this.sessions = sessions;
    this.overview = overview;
    this.runs = runs;
    this.pages = pages;
  }

  /** Where everything stands. */
  @Get
  @Nullable
  HttpResponse<?> overview(HttpRequest<?> request) {
    return door.admit(
        request,
        visitor -> door.page(
            visitor,
            HttpStatus.OK,
            "overview",
            "Migrations",
            Map.of(
                "events",
                door.base() + "/events",
                "dataSources",
                overview.of(door.dataSources()))));
  }

  /** Takes the token and gives a cookie for it. */
  @Post("/login")
  @Consumes(MediaType.ALL)
  @Nullable
  HttpResponse<?> login(HttpRequest<?> request, @Nullable @Body InputStream body) {
    return withForm(body, form -> {
      if (!door.isOpen()) {
        return null;
      }
      if (Form.isFromElsewhere(request)) {
        return door.login(HttpStatus.FORBIDDEN, "This form is not from this page.");
      }
      byte[] shown = form.get("token").getBytes(StandardCharsets.UTF_8);
      return switch (access.of(request, shown)) {
        case ADMITTED -> door.redirect().cookie(sessions.begin(request, door.base()));
        case MISSING, WRONG -> door.login(HttpStatus.UNAUTHORIZED, "This is not the token.");
        case LIMITED ->
          door.login(
                  HttpStatus.TOO_MANY_REQUESTS,
                  "Too many wrong tokens came from this address. Try again in a minute.")
              .header("Retry-After", Long.toString(Math.max(1, access.secondsToWait(request))));
      };
    });
  }

  /** Makes the browser forget. */
  @Post("/logout")
  @Consumes(MediaType.ALL)
  @Nullable
  HttpResponse<?> logout(HttpRequest<?> request, @Nullable @Body InputStream body) {
    return withForm(
        body,
        form -> door.admit(
            request, form, visitor -> door.redirect().cookie(sessions.end(request, door.base()))));
  }

  /** Asks whether a dry run is meant. */
  @Get("/dry-run")
  @Nullable
  HttpResponse<?> confirm(
      HttpRequest<?> request, @QueryValue(defaultValue = "") String dataSource) {
    return door.admit(
        request,
        visitor -> runnable(dataSource)
            .<HttpResponse<?>>map(one -> door.page(
                visitor,
                HttpStatus.OK,
                "confirm",
                "Dry run",
                Map.of("dataSource", one.name(), "tries", one.triesStatements())))
            .orElseGet(() -> door.message(visitor, HttpStatus.NOT_FOUND, nothingToRun())));
  }

  /** Does a dry run. */
  @Post("/dry-run")
  @Consumes(MediaType.ALL)
  @Nullable
  HttpResponse<?> dryRun(HttpRequest<?> request, @Nullable @Body InputStream body) {
    return withForm(
        body,
        form -> door.admit(request, form, visitor -> {
          Optional<MigratedDataSource> one = runnable(form.get("dataSource"));
          if (one.isEmpty()) {
            return door.message(visitor, HttpStatus.NOT_FOUND, nothingToRun());
          }
          if (!form.get("confirmed").equals("yes")) {
            return door.message(visitor, HttpStatus.BAD_REQUEST, "The dry run is not confirmed.");
          }
          return runs.run(Runs.Kind.DRY_RUN, List.of(one.get()))
              .<HttpResponse<?>>map(outcomes -> report(visitor, outcomes.get(0)))
              .orElseGet(() -> door.message(
                  visitor, HttpStatus.CONFLICT, "A run is under way in this instance."));
        }));
  }

  private HttpResponse<?> report(Doorkeeper.Visitor visitor, Runs.Outcome outcome) {
    if (outcome instanceof Runs.Planned planned) {
      boolean passes = planned.report().failure().isEmpty();
      return report(
          visitor,
          outcome.dataSource(),
          passes ? "good" : "bad",
          passes
              ? result(planned.report().plan().steps().size())
              : "A run would fail or be refused.",
          SafeText.of(DryRunText.of(planned.report())));
    }
    String failure = outcome instanceof Runs.Failed failed ? SafeText.of(failed.failure()) : "";
    return report(visitor, outcome.dataSource(), "bad", "A run would be refused.", failure);
  }

  private static String result(int steps) {
    return switch (steps) {
      case 0 -> "Nothing would be applied.";
      case 1 -> "1 migration would be applied.";
      default -> steps + " migrations would be applied.";
    };
  }

  private HttpResponse<?> report(
      Doorkeeper.Visitor visitor, String dataSource, String mark, String result, String text) {
    return door.page(
        visitor,
        HttpStatus.OK,
        "report",
        "Dry run of " + dataSource,
        Map.of("dataSource", dataSource, "mark", mark, "result", result, "text", text));
  }

  private Optional<MigratedDataSource> runnable(String name) {
    return door.isReadOnly()
        ? Optional.empty()
        : runs.eligible().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  private String nothingToRun() {
    return door.isReadOnly()
        ? "In production this page is for looking only."
        : "There is no such data source.";
  }

  private @Nullable HttpResponse<?> withForm(@Nullable InputStream body, FormAnswer answer) {
    try {
      return answer.to(Form.of(body));
    } catch (Form.Unreadable e) {
      return door.isOpen()
          ? pages.secured(HttpResponse.badRequest(String.valueOf(e.getMessage()))
              .contentType(MediaType.TEXT_PLAIN_TYPE))
          : null;
    }
  }

  /** What is done with a form. */
  @FunctionalInterface
  private interface FormAnswer {
    @Nullable
    HttpResponse<?> to(Form form);
  }
}
