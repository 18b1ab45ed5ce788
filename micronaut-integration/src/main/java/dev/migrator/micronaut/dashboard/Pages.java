package dev.migrator.micronaut.dashboard;

import dev.migrator.render.PageStyle;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.util.HttpHostResolver;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Makes pages from the template, with an engine of its own: the application's may look for its templates elsewhere, or be of
 * another make.
 */
@Singleton
@Requires(classes = {HttpHostResolver.class, TemplateEngine.class})
final class Pages {

  private static final String FOLDER = "dev/migrator/micronaut/dashboard/";

  private final TemplateEngine engine = new TemplateEngine();
  private final String style = PageStyle.COMMON + resource("dashboard.css");
  private final String script = resource("dashboard.js");

  /** Only this style, only this script, nothing from elsewhere (Content Security Policy, level 3). */
  private final String policy =
      "default-src 'none'; style-src '" + PageStyle.hash(style) + "'; script-src '"
          + PageStyle.hash(script) + "'; img-src data:; connect-src 'self'; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  Pages() {
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(Pages.class.getClassLoader());
    resolver.setPrefix(FOLDER);
    resolver.setSuffix(".html");
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCharacterEncoding("UTF-8");
    resolver.setCacheable(true);
    engine.setTemplateResolver(resolver);
  }

  /**
   * A page.
   *
   * @param values what the template shows; what it does not hold is absent
   */
  MutableHttpResponse<String> page(HttpStatus status, Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("style", style);
    all.put("script", script);
    String html = engine.process("page", new Context(Locale.ROOT, all));
    return secured(HttpResponse.<String>status(status)
        .contentType(MediaType.of("text/html; charset=utf-8"))
        .body(html));
  }

  /** What every answer says to a browser. */
  <T> MutableHttpResponse<T> secured(MutableHttpResponse<T> response) {
    return response
        .header("Content-Security-Policy", policy)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        // With no-referrer a browser would hide where a form comes from, from ourselves too.
        .header("Referrer-Policy", "same-origin")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static String resource(String name) {
    try (InputStream in = Pages.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
