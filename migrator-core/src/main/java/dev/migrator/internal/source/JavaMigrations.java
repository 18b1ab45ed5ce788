package dev.migrator.internal.source;

import dev.migrator.migration.Checksum;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds a place among the scripts for the migrations that are written in Java. */
public final class JavaMigrations {

  private JavaMigrations() {}

  /**
   * Reads what each says of itself.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when that cannot be recorded, {@code DUPLICATE_VERSION} when
   *     two have the same version
   */
  public static List<ResolvedCode> read(Collection<? extends JavaMigration> values) {
    List<ResolvedCode> read = new ArrayList<>();
    for (JavaMigration value : values) {
      read.add(read(value));
    }
    merge(List.of(), read);
    return List.copyOf(read);
  }

  /**
   * Scripts and code in order of version.
   *
   * @throws MigrationException {@code DUPLICATE_VERSION} when a class and a script have the same version
   */
  public static List<? extends Resolved> among(
      List<ResolvedMigration> scripts, List<ResolvedCode> code) {
    return code.isEmpty() ? scripts : merge(scripts, code);
  }

  private static List<Resolved> merge(List<ResolvedMigration> scripts, List<ResolvedCode> code) {
    Map<MigrationVersion, String> origins = new HashMap<>();
    for (ResolvedMigration script : scripts) {
      if (script.migration().kind() == MigrationKind.VERSIONED) {
        origins.put(script.migration().version(), script.script().path());
      }
    }
    for (ResolvedCode one : code) {
      MigrationVersion version = one.migration().version();
      String other = origins.put(version, one.migration().script());
      if (other != null) {
        throw Refusal.of(
            FailureCode.DUPLICATE_VERSION,
            "version " + version.key() + " exists more than once: " + other + " and "
                + one.migration().script() + ".",
            "give one of them another version.");
      }
    }
    List<Resolved> all = new ArrayList<>(scripts);
    all.addAll(code);
    all.sort(Comparator.comparing((Resolved m) -> m.migration().version()));
    return all;
  }

  private static ResolvedCode read(JavaMigration value) {
    String type = value.getClass().getName();
    String version = require(type, "version", value.version());
    MigrationVersion parsed;
    try {
      parsed = MigrationVersion.of(version);
    } catch (IllegalArgumentException e) {
      throw invalid(type, String.valueOf(e.getMessage()));
    }
    String description = require(type, "description", value.description());
    String checksum = require(type, "checksum", value.checksum());
    return new ResolvedCode(
        new Migration(version, parsed, description, MigrationKind.VERSIONED, type),
        Checksum.explicit(checksum),
        value.transactional(),
        value);
  }

  private static String require(String type, String what, @Nullable String value) {
    if (value == null) {
      throw invalid(type, "its " + what + " is null");
    }
    if (value.isBlank() || value.indexOf('\0') >= 0) {
      throw invalid(type, "its " + what + " is blank or holds a NUL character");
    }
    return value;
  }

  private static MigrationException invalid(String type, String problem) {
    return Refusal.of(
        FailureCode.CONFIGURATION_INVALID,
        "the Java migration " + type + " cannot be used: " + problem + ".",
        "correct what the class returns.");
  }
}
