package dev.migrator.micronaut.access;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.value.PropertyResolver;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secret that an operator shows: what the environment variable {@code INTERNAL_ADMIN_TOKEN} says, else {@code
 * migrator.endpoint.token}. Only its digest is kept.
 */
@Singleton
@Requires(classes = HttpRequest.class)
public final class AdminToken {

  /** The environment variable as Micronaut reads it. */
  static final String VARIABLE = "internal.admin.token";

  static final String PROPERTY = "migrator.endpoint.token";

  private static final String ALGORITHM = "HmacSHA256";

  private final byte @Nullable [] digest;

  AdminToken(PropertyResolver properties) {
    this.digest = properties
        .getProperty(VARIABLE, String.class)
        .filter(token -> !token.isBlank())
        .or(() -> properties.getProperty(PROPERTY, String.class).filter(token -> !token.isBlank()))
        .map(token -> sha256(token.getBytes(StandardCharsets.UTF_8)))
        .orElse(null);
  }

  /** Whether there is one; nobody is let in otherwise. */
  public boolean isConfigured() {
    return digest != null;
  }

  /**
   * Whether somebody knows it. It takes as long for a wrong one as for the right one: digests are compared, each whole.
   *
   * @param shown the bytes that he sent
   */
  public boolean is(byte[] shown) {
    return digest != null && MessageDigest.isEqual(sha256(shown), digest);
  }

  /**
   * What only who knows the token can write about a text, for what a browser is given to bring back.
   *
   * @param text the text
   * @return a keyed hash (RFC 2104) in hexadecimal digits
   * @throws IllegalStateException when no token is configured
   */
  public String sign(String text) {
    byte[] key = Optional.ofNullable(digest)
        .orElseThrow(() -> new IllegalStateException("there is no token to sign with"));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /**
   * Whether a text was signed here, or in another instance with the same token.
   *
   * @param text the text
   * @param signature what came back with it
   */
  public boolean hasSigned(String text, String signature) {
    return isConfigured()
        && MessageDigest.isEqual(
            sha256(sign(text).getBytes(StandardCharsets.UTF_8)),
            sha256(signature.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
