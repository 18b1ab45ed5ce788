package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Finding;
import dev.migrator.internal.lint.Judgement;
import dev.migrator.internal.lint.RuleCase;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.TraceReport;
import dev.migrator.report.TracedLock;
import dev.migrator.report.TracedMigration;
import dev.migrator.report.TracedRelation;
import dev.migrator.report.TracedRelation.Kind;
import dev.migrator.report.TracedScan;
import dev.migrator.report.TracedStatement;
import dev.migrator.report.TracedStatement.Manner;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.ThrowAwayDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the rules of the lint say of locks, rewrites and scans is what the server does: every rule's scripts run through the
 * trace. A rule that says something else fails here, on the version where it is wrong.
 */
@PostgresTest
class LintProofTest {

  /** What a server needs beside a rule's setup before its scripts run there. */
  private static final Map<String, String> BESIDE = Map.of(
      "set-access-method",
      "CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;",
      "partition-attached",
      "INSERT INTO old_events VALUES ('2023-06-01', 'a row that fits');",
      "materialized-view-replaced",
      "CREATE MATERIALIZED VIEW totals_new AS SELECT id FROM orders;");

  /** Rules that no test proves, with the reason. */
  private static final Map<String, String> UNPROVED = Map.of(
      "set-tablespace",
      "a second tablespace is a directory that only the server's machine can make");

  @TempDir
  Path path;

  private TestDatabase database;

  @BeforeEach
  void on(TestDatabase fresh) {
    database = fresh;
  }

  /** The rules that say something of the kind. */
  static List<RuleCase> rules() {
    return RuleCase.all().stream()
        .filter(each -> !each.rule().claim().costs().isEmpty())
        .filter(each -> !UNPROVED.containsKey(each.rule().id()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theServerDoesWhatTheRuleSaysOfItsBadScript(RuleCase each) {
    Claim claim = each.rule().claim();
    if (!claim.isAbout(version()) || isNewerThanTheServer(each, "bad")) {
      return;
    }
    TracedMigration bad = traced(each, "bad");
    List<String> wrong = new ArrayList<>();
    int held = 0;
    for (Judgement judgement : each.judge("bad")) {
      Finding finding = judgement.finding();
      if (finding.rule().equals(each.rule()) && finding.statement() != null) {
        for (Claim.Cost cost : claim.costs()) {
          ObjectName relation = finding.relations().get(cost.role());
          if (relation != null) {
            held++;
            compare(bad, finding, relation, cost, wrong);
          }
        }
      }
    }
    assertThat(wrong).as(each + " on PostgreSQL " + version()).isEmpty();
    assertThat(held).as("what was held against the server").isPositive();
  }

  /** A rule may warn of work under a weak lock too, for another reason: that others have to wait for the rest. */
  @ParameterizedTest
  @MethodSource("rules")
  void noStatementOfItsGoodScriptDoesWhatTheRuleWarnsOf(RuleCase each) {
    Claim claim = each.rule().claim();
    if (!claim.isAbout(version()) || isNewerThanTheServer(each, "good")) {
      return;
    }
    for (TracedStatement statement : traced(each, "good").statements()) {
      for (Claim.Cost cost : claim.costs()) {
        if (cost.growsWithSize() && cost.lock().isStrong() && statement.manner() == Manner.INSIDE) {
          assertThat(statement.locks())
              .as(each + ": " + statement.beginning() + " on PostgreSQL " + version())
              .noneMatch(lock -> lock.mode().compareTo(cost.lock()) >= 0
                  && cost.work().stream().allMatch(work -> does(statement, lock.relation(), work)));
        }
      }
    }
  }

  private int version() {
    return database.serverVersion().major();
  }

  private boolean isNewerThanTheServer(RuleCase each, String name) {
    return each.told(name + ".sql", "version").map(Integer::valueOf).orElse(0) > version();
  }

  private TracedMigration traced(RuleCase each, String name) {
    MigrationFolder folder = new MigrationFolder(path);
    folder.script(
        "0000_setup.sql",
        each.text("setup.sql").orElse("SELECT 1;")
            + "\n"
            + BESIDE.getOrDefault(each.rule().id(), ""));
    folder.script(
        each.told(name + ".sql", "file").orElse("0001_" + name + ".sql"),
        each.text(name + ".sql").orElseThrow());
    TraceReport report = ScriptTracer.of(builder -> builder.locations("filesystem:" + path))
        .trace(ThrowAwayDatabases.beside(database));
    TracedMigration last = report.migrations().get(report.migrations().size() - 1);
    assertThat(last.failure()).as(each + ", " + name + ".sql").isNull();
    assertThat(report.migrations()).hasSize(2);
    assertThat(last.notes()).as(each + ", " + name + ".sql").isEmpty();
    return last;
  }

  private static void compare(
      TracedMigration bad,
      Finding finding,
      ObjectName relation,
      Claim.Cost cost,
      List<String> wrong) {
    TracedStatement statement = bad.statements().stream()
        .filter(
            each -> each.position().equals(requireNonNull(finding.statement()).position()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not traced: " + finding.position()));
    String where = statement.position() + ", " + cost.role() + " " + relation + ": ";
    LockMode lock = lock(bad, statement, relation);
    if (lock == null || lock.compareTo(cost.lock()) < 0) {
      wrong.add(where + "locked in " + lock + ", not in " + cost.lock());
    }
    TracedRelation traced = bad.locks().stream()
        .map(TracedLock::relation)
        .filter(other -> is(other, relation))
        .findFirst()
        .orElse(null);
    for (Claim.Work work : cost.work()) {
      boolean unseen = work == Claim.Work.SCAN && statement.manner() == Manner.WATCHED;
      if (!unseen && (traced == null || !does(statement, traced, work))) {
        wrong.add(where + "no " + work);
      }
    }
  }

  /** The strongest that the transaction has by the end of the statement. */
  private static @Nullable LockMode lock(
      TracedMigration migration, TracedStatement last, ObjectName relation) {
    Stream<TracedStatement> held = migration.transactional()
        ? migration.statements().stream().limit(migration.statements().indexOf(last) + 1L)
        : Stream.of(last);
    return held.flatMap(statement -> statement.locks().stream())
        .filter(lock -> is(lock.relation(), relation))
        .map(TracedLock::mode)
        .max(LockMode::compareTo)
        .orElse(null);
  }

  /** A partitioned table has no rows of its own: its partitions are read, or written anew. */
  private static boolean does(TracedStatement statement, TracedRelation relation, Claim.Work work) {
    Stream<TracedRelation> all = work == Claim.Work.SCAN
        ? statement.scans().stream().map(TracedScan::table)
        : statement.rewritten().stream();
    return relation.kind() == Kind.PARTITIONED_TABLE
        ? all.anyMatch(other -> !other.kind().isIndex())
        : all.anyMatch(relation::equals);
  }

  private static boolean is(TracedRelation traced, ObjectName relation) {
    return relation.schema() == null
        ? traced.name().endsWith("." + relation.name())
        : traced.name().equals(relation.schema() + "." + relation.name());
  }
}
