package dev.migrator.micronaut.access;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who shows the token, and counts who shows a wrong one. */
@Singleton
@Requires(classes = HttpClientAddressResolver.class)
public final class Access {

  /** What came of showing a token. */
  public enum Verdict {
    /** It is the token. */
    ADMITTED,
    /** None was shown. */
    MISSING,
    /** It is not the token. */
    WRONG,
    /** Too many wrong ones came from the same address: nobody looked at this one. */
    LIMITED
  }

  private static final Logger LOG = LoggerFactory.getLogger(Access.class);

  private static final String SCHEME = "bearer ";

  private static final int LONGEST_ADDRESS = 64;

  private final AdminToken token;
  private final HttpClientAddressResolver addresses;
  private final FailedAttempts failed = new FailedAttempts(System::nanoTime);

  Access(AdminToken token, HttpClientAddressResolver addresses) {
    this.token = token;
    this.addresses = addresses;
  }

  /** Judges the token in a request's header {@code Authorization} (RFC 6750). */
  public Verdict ofHeader(HttpRequest<?> request) {
    Optional<byte[]> shown = Optional.ofNullable(
            request.getHeaders().get(HttpHeaders.AUTHORIZATION))
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
        // The server reads a header as ISO 8859-1: these are the bytes that were sent.
        .map(header ->
            header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.ISO_8859_1));
    return shown.isEmpty() ? Verdict.MISSING : of(request, shown.get());
  }

  /**
   * Judges a token that came in another way.
   *
   * @param request with which it came
   * @param shown its bytes
   */
  public Verdict of(HttpRequest<?> request, byte[] shown) {
    String address = address(request);
    if (failed.secondsToWait(address) > 0) {
      return Verdict.LIMITED;
    }
    if (token.is(shown)) {
      return Verdict.ADMITTED;
    }
    int count = failed.count(address);
    LOG.warn(
        "A wrong token for {} from {}: {} of at most {} within {} s.",
        printable(request.getPath()),
        address,
        count,
        FailedAttempts.ALLOWED,
        FailedAttempts.WINDOW.toSeconds());
    return Verdict.WRONG;
  }

  /** How many seconds whoever sent a request has to wait. */
  public long secondsToWait(HttpRequest<?> request) {
    return failed.secondsToWait(address(request));
  }

  /** Where a request came from; behind a proxy, what {@code micronaut.server.client-address-header} names says. */
  private String address(HttpRequest<?> request) {
    return printable(Optional.ofNullable(addresses.resolve(request)).orElse("unknown"));
  }

  /** Somebody else wrote it, and a line of the log must stay one line. */
  private static String printable(String text) {
    String safe = text.replaceAll("[^\\x21-\\x7e]", "?");
    return safe.length() <= LONGEST_ADDRESS ? safe : safe.substring(0, LONGEST_ADDRESS) + "..";
  }
}
