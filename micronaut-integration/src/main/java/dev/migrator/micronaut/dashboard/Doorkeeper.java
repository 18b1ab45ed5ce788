package dev.migrator.micronaut.dashboard;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.access.Openness;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.util.HttpHostResolver;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;

/** Lets a browser to a page when the dashboard is there and the browser is logged in. */
@Singleton
@Requires(classes = {HttpHostResolver.class, TemplateEngine.class})
final class Doorkeeper {

  /** Where the dashboard is. */
  static final String PATH = "${migrator.dashboard.path:/migrations-dashboard}";

  /** Who is let in. */
  record Visitor(String session, String csrf) {}

  private final Openness openness;
  private final BrowserSession sessions;
  private final Pages pages;
  private final String base;

  Doorkeeper(Openness openness, BrowserSession sessions, Pages pages, @Value(PATH) String base) {
    this.openness = openness;
    this.sessions = sessions;
    this.pages = pages;
    this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  /** The path without a slash at its end. */
  String base() {
    return base;
  }

  boolean isOpen() {
    return openness.dashboard();
  }

  /** Whether nothing but looking is possible. */
  boolean isReadOnly() {
    return openness.isProduction();
  }

  List<MigratedDataSource> dataSources() {
    return openness.dataSources();
  }

  /** The data source of a name; the first for an empty one. */
  Optional<MigratedDataSource> dataSource(String name) {
    return dataSources().stream()
        .filter(one -> name.isEmpty() || one.name().equals(name))
        .findFirst();
  }

  /** Who sends a request, when he is let in. */
  Optional<Visitor> visitor(HttpRequest<?> request) {
    return sessions.of(request).map(session -> new Visitor(session, sessions.csrf(session)));
  }

  /** Answers one who is let in; {@code null}, so that it is as if nothing were here, where there is no dashboard. */
  @Nullable
  HttpResponse<?> admit(HttpRequest<?> request, Function<Visitor, HttpResponse<?>> answer) {
    if (!isOpen()) {
      return null;
    }
    Optional<Visitor> visitor = visitor(request);
    return visitor.isPresent() ? answer.apply(visitor.get()) : login(HttpStatus.UNAUTHORIZED, null);
  }

  /** Answers one who is let in and sent a form of ours. */
  @Nullable
  HttpResponse<?> admit(
      HttpRequest<?> request, Form form, Function<Visitor, HttpResponse<?>> answer) {
    return admit(
        request,
        visitor ->
            Form.isFromElsewhere(request) || !sessions.isFormOf(visitor.session(), form.get("csrf"))
                ? message(visitor, HttpStatus.FORBIDDEN, "This form is not from this page.")
                : answer.apply(visitor));
  }

  /** The form that asks for the token. */
  MutableHttpResponse<String> login(HttpStatus status, @Nullable String error) {
    Map<String, Object> values = new HashMap<>();
    values.put("page", "login");
    values.put("title", "Migrations: log in");
    values.put("base", base);
    values.put("readOnly", false);
    if (error != null) {
      values.put("error", error);
    }
    return pages.page(status, values);
  }

  /** A page that says that something did not work. */
  MutableHttpResponse<String> message(Visitor visitor, HttpStatus status, String error) {
    return page(visitor, status, "message", status.getReason(), Map.of("error", error));
  }

  /** A page for one who is let in. */
  MutableHttpResponse<String> page(
      Visitor visitor, HttpStatus status, String page, String title, Map<String, Object> more) {
    Map<String, Object> values = new HashMap<>(more);
    values.put("page", page);
    values.put("title", title);
    values.put("base", base);
    values.put("csrf", visitor.csrf());
    values.put("readOnly", isReadOnly());
    return pages.page(status, values);
  }

  /** Sends a browser on with GET. */
  MutableHttpResponse<?> redirect() {
    return pages.secured(HttpResponse.seeOther(URI.create(base)));
  }
}
