package dev.migrator.internal.schema;

import dev.migrator.internal.json.JsonNode;
import dev.migrator.internal.json.JsonReader;
import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.FileFailures;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.SchemaFingerprint;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import dev.migrator.report.SchemaSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A snapshot as JSON, with a line for each attribute; and the same compressed, as the history keeps it. The same snapshot
 * gives the same text, and the text gives the same snapshot.
 */
public final class SnapshotFile {

  private SnapshotFile() {}

  /** The text of a file. */
  public static String text(SchemaSnapshot snapshot) {
    return JsonText.object(json -> json.put("type", "snapshot")
        .put("format", SchemaFingerprint.FORMAT)
        .put("flavour", snapshot.flavour().stored())
        .put("postgresql", snapshot.serverMajor())
        .strings("schemas", snapshot.schemas())
        .put("fingerprint", snapshot.fingerprint().toString())
        .objects("objects", snapshot.objects(), SnapshotFile::object));
  }

  private static void object(JsonText json, SchemaObject object) {
    json.put("kind", object.kind().words())
        .put("parent", object.parent())
        .put("name", object.name());
    object.attributes().forEach((name, value) -> json.put("." + name, value));
  }

  /**
   * The snapshot in a file.
   *
   * @throws MigrationException {@code SNAPSHOT_UNREADABLE} when the file is not there, was written by a newer release, or is
   *     no snapshot
   */
  public static SchemaSnapshot read(Path file) {
    try {
      return read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw invalid(
          "the snapshot " + file + " cannot be read: " + FileFailures.words(e) + ".",
          "give the path of a file that migrator snapshot wrote.");
    }
  }

  /**
   * The snapshot that a text is.
   *
   * @param file names it in a failure
   */
  static SchemaSnapshot read(String file, String text) {
    JsonNode snapshot = JsonReader.read(file, text, FailureCode.SNAPSHOT_UNREADABLE);
    if (!snapshot.member("type").string().equals("snapshot")) {
      throw snapshot.member("type").wrong("this is no snapshot of a schema.");
    }
    String format = snapshot.member("format").number();
    if (!format.equals(Integer.toString(SchemaFingerprint.FORMAT))) {
      throw invalid(
          "the snapshot " + file + " has the format " + format + "; this release reads format "
              + SchemaFingerprint.FORMAT + ".",
          "write it anew with this release, or use the release that wrote it.");
    }
    SchemaSnapshot read = new SchemaSnapshot(
        flavour(snapshot.member("flavour")),
        number(snapshot.member("postgresql")),
        snapshot.member("schemas").elements().stream().map(JsonNode::string).toList(),
        snapshot.member("objects").elements().stream().map(SnapshotFile::object).toList());
    JsonNode fingerprint = snapshot.member("fingerprint");
    if (!read.fingerprint().toString().equals(fingerprint.string())) {
      throw fingerprint.wrong(
          "it is not the fingerprint of the objects in this file: the file was changed by hand.");
    }
    return read;
  }

  private static SchemaObject object(JsonNode node) {
    Map<String, String> attributes = new HashMap<>();
    node.members().forEach((name, value) -> {
      if (name.startsWith(".")) {
        attributes.put(name.substring(1), value.string());
      }
    });
    JsonNode kind = node.member("kind");
    return SchemaObject.of(
        SchemaObjectKind.of(kind.string())
            .orElseThrow(() -> kind.wrong("no snapshot holds objects of this kind.")),
        node.member("parent").string(),
        node.member("name").string(),
        attributes);
  }

  private static SchemaFlavour flavour(JsonNode node) {
    for (SchemaFlavour flavour : SchemaFlavour.values()) {
      if (flavour.stored().equals(node.string().toLowerCase(Locale.ROOT))) {
        return flavour;
      }
    }
    throw node.wrong("a snapshot is strict or logical.");
  }

  private static int number(JsonNode node) {
    try {
      return Integer.parseInt(node.number());
    } catch (NumberFormatException e) {
      throw node.wrong("this is no major version of PostgreSQL.");
    }
  }

  /** The snapshot's text, compressed with gzip, in base64. */
  public static String compressed(SchemaSnapshot snapshot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text(snapshot).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /**
   * The snapshot that was compressed.
   *
   * @throws MigrationException {@code SNAPSHOT_UNREADABLE} when a newer release wrote it, or it is damaged
   */
  public static SchemaSnapshot decompressed(String compressed) {
    // As PostgreSQL writes base64: in lines.
    byte[] bytes = Base64.getMimeDecoder().decode(compressed);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return read("in the history", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw invalid(
          "the snapshot in the history cannot be read: " + FileFailures.words(e) + ".",
          "compare with a replay or a snapshot file instead.");
    }
  }

  private static MigrationException invalid(String problem, String advice) {
    return MigrationException.because(FailureCode.SNAPSHOT_UNREADABLE, problem)
        .done("nothing was compared.", List.of())
        .advice(advice)
        .build();
  }
}
