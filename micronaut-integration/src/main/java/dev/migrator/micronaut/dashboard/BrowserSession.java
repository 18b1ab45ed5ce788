package dev.migrator.micronaut.dashboard;

import dev.migrator.micronaut.access.AdminToken;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.http.server.util.HttpHostResolver;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.thymeleaf.TemplateEngine;

/**
 * What a browser keeps after a login: until when it is let in, signed with the token. Nothing is kept here, so it holds for
 * every instance with the same token, and for none with another.
 */
@Singleton
@Requires(classes = {HttpHostResolver.class, TemplateEngine.class})
final class BrowserSession {

  private static final String NAME = "migrator_dashboard";

  private static final Duration LASTS = Duration.ofHours(8);

  private final AdminToken token;
  private final HttpHostResolver hosts;
  private final SecureRandom random = new SecureRandom();

  BrowserSession(AdminToken token, HttpHostResolver hosts) {
    this.token = token;
    this.hosts = hosts;
  }

  /** The cookie for somebody who has shown the token. */
  Cookie begin(HttpRequest<?> request, String path) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    String until =
        Instant.now().plus(LASTS).getEpochSecond() + "-" + HexFormat.of().formatHex(salt);
    return cookie(request, path, until + "." + token.sign("session " + until), LASTS);
  }

  /** The cookie that makes a browser forget. */
  Cookie end(HttpRequest<?> request, String path) {
    return cookie(request, path, "", Duration.ZERO);
  }

  /** What identifies a session that is good; empty for everybody else. */
  Optional<String> of(HttpRequest<?> request) {
    return request.getCookies().findCookie(NAME).map(Cookie::getValue).filter(this::isGood);
  }

  /** What a form of this session has to bring along (OWASP: signed double submit). */
  String csrf(String session) {
    return token.sign("form " + session);
  }

  /** Whether a form brings it. */
  boolean isFormOf(String session, String shown) {
    return token.hasSigned("form " + session, shown);
  }

  private boolean isGood(String value) {
    int dot = value.indexOf('.');
    int dash = value.indexOf('-');
    if (dot < 0 || dash < 1 || dash > dot || value.length() > 200) {
      return false;
    }
    String until = value.substring(0, dot);
    // What is signed is ours, and begins with a number.
    return token.hasSigned("session " + until, value.substring(dot + 1))
        && Instant.now().getEpochSecond() < Long.parseLong(until.substring(0, dash));
  }

  private Cookie cookie(HttpRequest<?> request, String path, String value, Duration lasts) {
    return Cookie.of(NAME, value)
        .httpOnly(true)
        .secure(isSecure(request))
        .sameSite(SameSite.Strict)
        .path(path)
        .maxAge(lasts);
  }

  /** Behind a proxy, as {@code micronaut.server.host-resolution} says. */
  private boolean isSecure(HttpRequest<?> request) {
    return hosts.resolve(request).startsWith("https:");
  }
}
