package dev.migrator.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A database's schema as a value: every object with everything that makes it what it is, in a fixed order. Migrator's own
 * tracking tables and what belongs to extensions are left out.
 *
 * @param flavour how closely it looks
 * @param serverMajor the major version of the server
 * @param schemas the schemas that it covers, by name
 * @param objects the objects, ordered
 */
public record SchemaSnapshot(
    SchemaFlavour flavour, int serverMajor, List<String> schemas, List<SchemaObject> objects) {

  /** How much text is digested at a time; the digest does not depend on it. */
  private static final int PIECE = 1 << 14;

  /** Keeps ordered copies of what the flavour shows. */
  public SchemaSnapshot {
    schemas = schemas.stream().sorted(SchemaObject::byCodePoint).distinct().toList();
    SchemaFlavour shown = flavour;
    objects = objects.stream()
        .filter(object -> shown.shows(object.kind()))
        .map(object -> object.as(shown))
        .sorted()
        .toList();
  }

  /** The same schema as the {@linkplain SchemaFlavour#LOGICAL logical} flavour shows it. */
  public SchemaSnapshot logical() {
    return flavour == SchemaFlavour.LOGICAL
        ? this
        : new SchemaSnapshot(SchemaFlavour.LOGICAL, serverMajor, schemas, objects);
  }

  /** SHA-256 over the canonical texts of all objects, in order. */
  public SchemaFingerprint fingerprint() {
    MessageDigest digest = sha256();
    StringBuilder text = new StringBuilder(PIECE + PIECE);
    for (SchemaObject object : objects) {
      object.appendTo(text);
      if (text.length() >= PIECE) {
        digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
      }
    }
    digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return new SchemaFingerprint(
        flavour, SchemaFingerprint.FORMAT, serverMajor, HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * A hash for each object, by kind and identity, in order: enough to find what differs without both snapshots. The keys
   * are the first lines of the canonical texts.
   */
  public Map<String, String> objectHashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    MessageDigest digest = sha256();
    for (SchemaObject object : objects) {
      byte[] hash = digest.digest(object.text().getBytes(StandardCharsets.UTF_8));
      hashes.put(object.kind().words() + " " + object.identity(), HexFormat.of().formatHex(hash));
    }
    return hashes;
  }

  /** The canonical text: of every object, in order. */
  public String text() {
    StringBuilder text = new StringBuilder();
    objects.forEach(object -> object.appendTo(text));
    return text.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
