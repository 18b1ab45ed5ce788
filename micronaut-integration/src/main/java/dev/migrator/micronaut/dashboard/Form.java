package dev.migrator.micronaut.dashboard;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a browser sent with a form.
 *
 * @param fields by name; the last of two of one name
 */
record Form(Map<String, String> fields) {

  private static final int LONGEST = 16_384;

  /** A form that is none: too long, or not to be read. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Reads a body (application/x-www-form-urlencoded) to its end or to its greatest length, and closes it. */
  static Form of(@Nullable InputStream body) throws Unreadable {
    Map<String, String> fields = new HashMap<>();
    try (InputStream in = body == null ? InputStream.nullInputStream() : body) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new Unreadable("The form is too long.");
      }
      for (String pair : new String(bytes, StandardCharsets.ISO_8859_1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new Unreadable("The form cannot be read.");
    }
    return new Form(fields);
  }

  /** A field; empty when it is not there. */
  String get(String name) {
    return fields.getOrDefault(name, "");
  }

  /**
   * Whether another site sent it, as far as the browser tells (Fetch Metadata; RFC 6454). What is no browser tells nothing, and
   * has no cookie to abuse.
   */
  static boolean isFromElsewhere(HttpRequest<?> request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null && !Set.of("same-origin", "none").contains(site.toLowerCase(Locale.ROOT))) {
      return true;
    }
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    if (origin == null) {
      return false;
    }
    try {
      String authority = new URI(origin).getAuthority();
      return authority == null
          || !authority.equalsIgnoreCase(request.getHeaders().get(HttpHeaders.HOST));
    } catch (URISyntaxException e) {
      return true;
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
