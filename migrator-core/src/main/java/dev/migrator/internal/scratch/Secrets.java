package dev.migrator.internal.scratch;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords for the superusers of own servers: other people may have accounts on the same machine. */
final class Secrets {

  private static final int BYTES = 24;

  private Secrets() {}

  static String make() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
