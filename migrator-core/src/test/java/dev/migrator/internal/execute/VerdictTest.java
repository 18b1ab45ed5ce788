package dev.migrator.internal.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.inspect.CatalogFacts.Index;
import dev.migrator.internal.plan.Evidence;
import dev.migrator.internal.plan.Evidence.IndexBuilt;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.migration.JournalEntry.CatalogBefore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided about a statement of which nobody saw the end. */
class VerdictTest {

  private static final long OLD = 1;
  private static final long NEW = 2;

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // name of the script's index, oid, name, valid, building | verdict
        "i, -, -, -, -, again",
        "i, new, i, valid, -, done",
        "i, old, i, valid, -, again",
        "i, new, i, INVALID, -, drop and again",
        "i, new, i, INVALID, building, in the way",
        "i, old, i, INVALID, -, in the way",
        "i, new, other, INVALID, -, again",
        "i, new, other, valid, -, again",
        "-, -, -, -, -, again",
        "-, new, t_a_idx, valid, -, done",
        "-, old, t_a_idx, valid, -, again",
        "-, new, t_a_idx, INVALID, -, drop and again",
        "-, new, t_a_idx, INVALID, building, again",
        "-, old, t_a_idx, INVALID, -, again",
      })
  void anIndexIsOursWhenItIsNewAndNobodyBuildsIt(
      @Nullable String script,
      @Nullable String age,
      @Nullable String name,
      @Nullable String valid,
      @Nullable String building,
      String verdict) {
    List<Index> now = new ArrayList<>();
    now.add(index(OLD + 100, "unrelated", true, false));
    if (age != null && name != null) {
      now.add(index(age.equals("new") ? NEW : OLD, name, "valid".equals(valid), building != null));
    }
    assertThat(words(Verdict.ofIndex(
            built(script), new CatalogBefore(50L, script, List.of(OLD, OLD + 100)), now)))
        .isEqualTo(verdict);
  }

  @Test
  void withoutAListOfWhatWasThereNothingIsDropped() {
    CatalogBefore unknown = CatalogBefore.UNKNOWN;
    Index invalid = index(NEW, "i", false, false);
    assertThat(words(Verdict.ofIndex(built("i"), unknown, List.of(invalid))))
        .isEqualTo("in the way");
    assertThat(words(Verdict.ofIndex(built(null), unknown, List.of(invalid)))).isEqualTo("again");
    assertThat(words(Verdict.ofReindex(unknown, List.of(index(NEW, "i_ccnew", false, false)))))
        .isEqualTo("again");
    assertThat(Verdict.leftovers(unknown, List.of(invalid))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "i_ccnew, drop and again",
    "i_ccold, drop and again",
    "i_ccnew12, drop and again",
    "i, again",
    "i_ccnewer, again"
  })
  void aReindexLeavesIndexesOfCertainNames(String name, String verdict) {
    assertThat(words(Verdict.ofReindex(
            new CatalogBefore(50L, null, List.of(OLD)),
            List.of(
                index(OLD, "older_ccnew", false, false),
                index(NEW + 1, "busy_ccnew", false, true),
                index(NEW, name, false, false)))))
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create index concurrently i on s.t (a, (b + 1)) | IndexBuilt",
        "create index i on t (a)                          | None",
        "drop index concurrently if exists s.i            | IndexGone",
        "reindex index concurrently i                     | IndexesRebuilt",
        "reindex (concurrently) schema s                  | IndexesRebuilt",
        "reindex table t                                  | Repeatable",
        "alter table p detach partition q concurrently    | PartitionDetached",
        "alter table p detach partition q                 | None",
        "create database d                                | Presence",
        "drop tablespace if exists t                      | Presence",
        "drop subscription s                              | Presence",
        "alter subscription s refresh publication         | None",
        "alter database d set tablespace t                | Repeatable",
        "alter system set work_mem = '1MB'                | Repeatable",
        "vacuum full t                                    | Repeatable",
        "cluster                                          | Repeatable",
        "checkpoint                                       | Repeatable",
        "refresh materialized view concurrently v         | Repeatable",
        "call p()                                         | None",
        "do $$ begin commit; end $$                       | None",
      })
  void theStatementSaysWhatTellsOfIt(String statement, String evidence) {
    assertThat(Evidence.of(
            ParsedScript.read("s.sql", statement).statements().get(0).structure()))
        .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(evidence.strip()));
  }

  private static IndexBuilt built(@Nullable String name) {
    return (IndexBuilt) Evidence.of(ParsedScript.read(
            "s.sql", "create index concurrently " + (name == null ? "" : name) + " on t (a)")
        .statements()
        .get(0)
        .structure());
  }

  private static Index index(long oid, String name, boolean valid, boolean building) {
    return new Index(
        oid, "public", name, false, valid, building, List.of(oid == OLD + 100 ? "b" : "a"));
  }

  private static String words(Verdict verdict) {
    if (verdict instanceof Verdict.Again again) {
      return again.leftovers().isEmpty() ? "again" : "drop and again";
    }
    return verdict instanceof Verdict.Done ? "done" : "in the way";
  }
}
