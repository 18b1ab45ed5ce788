package dev.migrator.micronaut.endpoint;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.operate.Runs;
import dev.migrator.micronaut.operate.Standings;
import dev.migrator.micronaut.operate.StatusJson;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.render.SafeText;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the migrations stand, and runs on order. In production, and without a token, it answers as if it were not there.
 *
 * <p>Everything is asked in this order: is it open, who asks, what is asked. Nobody without the token learns more than that he
 * lacks it, and his body is not read.
 */
@Controller(MigrationsController.PATH)
@Requires(classes = HttpClientAddressResolver.class)
@Requires(property = "migrator.endpoint.enabled", notEquals = StringUtils.FALSE)
@ExecuteOn(TaskExecutors.BLOCKING)
final class MigrationsController {

  /** Where the endpoint is. */
  static final String PATH = "${migrator.endpoint.path:/api/migrations}";

  private static final Logger LOG = LoggerFactory.getLogger(MigrationsController.class);

  private final Gate gate;
  private final Runs runs;
  private final Standings standings;

  MigrationsController(Gate gate, Runs runs, Standings standings) {
    this.gate = gate;
    this.runs = runs;
    this.standings = standings;
  }

  /** Where every data source stands. */
  @Get
  @Nullable
  HttpResponse<String> status(HttpRequest<?> request) {
    return gate.admit(request, () -> Gate.ok(StatusJson.of(gate.dataSources(), standings)));
  }

  /** Says what a run would do, or runs. */
  @Post
  @Consumes(MediaType.ALL)
  @Nullable
  HttpResponse<String> run(HttpRequest<?> request, @Nullable @Body InputStream body) {
    // Closed in any case: the server sends no answer as long as somebody may still read.
    try (InputStream sent = body == null ? InputStream.nullInputStream() : body) {
      return gate.admit(request, () -> answer(sent));
    } catch (IOException e) {
      return unreadable();
    }
  }

  private HttpResponse<String> answer(InputStream body) {
    RunOrder order;
    try {
      byte[] bytes = body.readNBytes(RunOrder.LONGEST + 1);
      if (bytes.length > RunOrder.LONGEST) {
        return Problem.of(
            HttpStatus.REQUEST_ENTITY_TOO_LARGE,
            "The body has more than " + RunOrder.LONGEST + " bytes.");
      }
      order = RunOrder.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (RunOrder.Unreadable e) {
      return Problem.of(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return unreadable();
    }
    return run(order);
  }

  private static HttpResponse<String> unreadable() {
    return Problem.of(HttpStatus.BAD_REQUEST, "The body cannot be read.");
  }

  private HttpResponse<String> run(RunOrder order) {
    List<MigratedDataSource> on = runs.eligible().stream()
        .filter(one -> order.dataSource() == null || one.name().equals(order.dataSource()))
        .toList();
    if (on.isEmpty()) {
      return Problem.of(
          HttpStatus.NOT_FOUND,
          "There is no such data source; there is: "
              + String.join(
                  ", ", runs.eligible().stream().map(MigratedDataSource::name).toList())
              + ".");
    }
    LOG.info(
        "Ordered by HTTP: {} of {}.",
        order.kind(),
        on.stream().map(MigratedDataSource::name).toList());
    Optional<List<Runs.Outcome>> outcomes = runs.run(order.kind(), on);
    if (outcomes.isEmpty()) {
      return Problem.of(
          HttpStatus.CONFLICT, "A run is under way in this instance; nothing was done.");
    }
    for (Runs.Outcome outcome : outcomes.get()) {
      if (outcome instanceof Runs.Failed failed) {
        return Problem.of(
            status(failed.failure()),
            SafeText.of(failed.failure()),
            Map.of(
                "code",
                failed.failure().code().name(),
                "dataSources",
                StatusJson.outcomes(outcomes.get())));
      }
    }
    return Gate.ok(StatusJson.of(order.kind(), outcomes.get()));
  }

  private static HttpStatus status(MigrationException failure) {
    if (failure instanceof MigrationValidationException) {
      return HttpStatus.UNPROCESSABLE_ENTITY;
    }
    return failure.code() == FailureCode.LOCK_TIMEOUT
            || failure.code() == FailureCode.DATABASE_UNREACHABLE
        ? HttpStatus.SERVICE_UNAVAILABLE
        : HttpStatus.INTERNAL_SERVER_ERROR;
  }
}
