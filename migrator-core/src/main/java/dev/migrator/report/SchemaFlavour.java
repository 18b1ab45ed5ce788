package dev.migrator.report;

import java.util.Locale;
import java.util.Set;

/** How closely a snapshot looks. */
public enum SchemaFlavour {

  /** Everything that {@code pg_dump --schema-only} would write, and so everything that a migration can have changed. */
  STRICT,

  /** What a query can notice: not the order of columns, owners, grants, comments or how rows are stored. */
  LOGICAL;

  /** The attributes that only {@link #STRICT} shows. */
  private static final Set<String> STRICT_ONLY = Set.of(
      "position",
      "owner",
      "grants",
      "comment",
      "security labels",
      "depends on extension",
      // Not every role sees them.
      "mapping options",
      "storage",
      "compression",
      "statistics target",
      "options",
      "toast options",
      "tablespace",
      "access method",
      "clustered",
      "replica identity",
      "version",
      "not null name",
      "not null inherited",
      "not null comment",
      "index comment");

  /** Whether it shows objects of a kind. */
  public boolean shows(SchemaObjectKind kind) {
    return this == STRICT
        || kind != SchemaObjectKind.DEFAULT_PRIVILEGES && kind != SchemaObjectKind.SUPPLIED_OBJECT;
  }

  /** Whether it shows an attribute of that name. */
  public boolean shows(String attribute) {
    return this == STRICT || !STRICT_ONLY.contains(attribute);
  }

  /** The name in lower case, as fingerprints and files write it. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }
}
