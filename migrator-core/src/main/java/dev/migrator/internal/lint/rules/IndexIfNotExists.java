package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.report.Severity;
import java.util.regex.Pattern;

/** IF NOT EXISTS takes an index for built that is not. */
final class IndexIfNotExists {
  private static final Pattern WORDS =
      Pattern.compile("\\s+IF\\s+NOT\\s+EXISTS\\b", Pattern.CASE_INSENSITIVE);

  private IndexIfNotExists() {}

  static Rule rule() {
    return Rule.of("index-if-not-exists", Topic.FAILURE, Severity.WARNING)
        .when("CREATE INDEX CONCURRENTLY IF NOT EXISTS.")
        .effect(
            "A failed attempt leaves an INVALID index of that name behind: the statement then does nothing "
                + "and succeeds, and no query ever uses the index. IF NOT EXISTS compares names, not columns, "
                + "either.")
        .remedy(
            "Leave IF NOT EXISTS away: Migrator drops what its own failed attempt has left behind, and "
                + "builds it again.")
        .looks(Each.detail(Create.Index.class, IndexIfNotExists::look));
  }

  private static void look(Sight sight, Create.Index index) {
    if (index.clauses().contains(Clause.CONCURRENTLY)
        && index.clauses().contains(Clause.IF_NOT_EXISTS)) {
      sight
          .finds(
              index.name() == null ? 0 : index.name().offset(),
              "An invalid index" + (index.name() == null ? "" : " " + index.name())
                  + " of an earlier attempt would count as built.")
          .rewrite(WORDS.matcher(sight.sql()).replaceFirst("") + ";");
    }
  }
}
