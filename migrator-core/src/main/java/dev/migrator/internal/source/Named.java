package dev.migrator.internal.source;

import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * A file whose name was understood.
 *
 * @param script what it holds; of a file with sections, the up section
 * @param down the down section or companion, where it is found with the file itself; {@code null} where it is not
 * @param place its place among those of one version, where something else than the name decides; else 0
 */
record Named(
    ScriptName name, Found file, Script script, @Nullable Script down, int place) {

  String origin() {
    return file.origin();
  }

  Migration migration(boolean versionIsShared) {
    MigrationVersion version = name.version();
    if (name.kind() == MigrationKind.REPEATABLE) {
      return Migration.repeatable(name.name(), file.path());
    }
    String id = versionIsShared ? version.text() + "~" + name.name() : version.text();
    return new Migration(id, version, name.name(), name.kind(), file.path());
  }
}
