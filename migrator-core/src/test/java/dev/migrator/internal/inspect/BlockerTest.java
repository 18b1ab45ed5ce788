package dev.migrator.internal.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.inspect.Blocker.Backend;
import dev.migrator.internal.inspect.Blocker.Kind;
import dev.migrator.internal.inspect.Blocker.Prepared;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      value = {
        "client backend | idle in transaction | select 1 | IDLE_TRANSACTION",
        "client backend | idle in transaction (aborted) | select 1 | IDLE_TRANSACTION",
        "client backend | idle | select pg_advisory_lock(1) | IDLE_SESSION",
        "client backend | active | select pg_sleep(10) | ACTIVE",
        "autovacuum worker | active | autovacuum: VACUUM public.t | AUTOVACUUM",
        "autovacuum worker | active | autovacuum: VACUUM public.t (to prevent wraparound) | AUTOVACUUM_FOR_WRAPAROUND",
        "NULL | NULL | <insufficient privilege> | NOT_VISIBLE",
        "parallel worker | active | create index i on t (a) | ACTIVE"
      })
  void aRowSaysWhatKindOfObstacleItIs(
      String backendType, String state, String query, Kind expected) {
    assertThat(Backend.kindOf(backendType, state, query, List.of())).isEqualTo(expected);
  }

  @Test
  void whoWaitsItselfIsAWaiterAlsoWhereItIsNotVisible() {
    assertThat(Backend.kindOf(null, null, "<insufficient privilege>", List.of(7)))
        .isEqualTo(Kind.WAITER);
  }

  @Test
  void aQueryIsShownAsItsFirstLineWithoutSecrets() {
    assertThat(Backend.shown("\n  alter role r\n  password 'x'")).isEqualTo("alter role r");
    assertThat(Backend.shown("alter role r password\n'hunter2' -- \u001b[31m"))
        .doesNotContain("hunter2")
        .doesNotContain("\u001b");
    assertThat(Backend.shown("x".repeat(199) + "😀" + "y")).hasSize(201).endsWith("😀");
    assertThat(Backend.shown("")).isNull();
    assertThat(Backend.shown("<insufficient privilege>")).isNull();
  }

  @Test
  void anAutovacuumForWraparoundIsNotAdvisedToBeEnded() {
    Backend vacuum = new Backend(
        Kind.AUTOVACUUM_FOR_WRAPAROUND,
        9,
        "",
        null,
        null,
        "active",
        Duration.ofMinutes(90),
        Duration.ofMinutes(90),
        "autovacuum: VACUUM public.t (to prevent wraparound)",
        "ShareUpdateExclusiveLock",
        List.of(),
        "me");
    assertThat(vacuum.words())
        .isEqualTo(
            "pid 9 (no application name) is an autovacuum to prevent wraparound, its transaction open for 90 min; holds"
                + " SHARE UPDATE EXCLUSIVE; runs: autovacuum: VACUUM public.t (to prevent wraparound)");
    assertThat(vacuum.advice()).contains("let it finish").doesNotContain("pg_terminate_backend");
  }

  @Test
  void theNameOfAPreparedTransactionIsQuotedInTheAdvice() {
    Prepared prepared =
        new Prepared("it's", "o", "d", Duration.ofDays(3), "RowExclusiveLock", "public.t");
    assertThat(prepared.advice()).contains("ROLLBACK PREPARED 'it''s';", "in database d");
    assertThat(prepared.words()).contains("3 days ago", "ROW EXCLUSIVE on public.t");
  }

  @ParameterizedTest
  @CsvSource({
    "AccessShareLock, AccessExclusiveLock, true",
    "AccessShareLock, ExclusiveLock, false",
    "RowExclusiveLock, ShareLock, true",
    "RowExclusiveLock, ShareUpdateExclusiveLock, false",
    "ShareUpdateExclusiveLock, ShareUpdateExclusiveLock, true",
    "ShareLock, ShareLock, false",
    "ShareLock, RowExclusiveLock, true",
    "ShareRowExclusiveLock, RowShareLock, false",
    "ExclusiveLock, AccessShareLock, false",
    "AccessExclusiveLock, AccessShareLock, true",
    "SIReadLock, AccessShareLock, true"
  })
  void locksConflictAsTheManualSays(String wanted, String held, boolean conflict) {
    assertThat(LockConflicts.between(wanted, held)).isEqualTo(conflict);
  }

  @ParameterizedTest
  @CsvSource({
    "building index: scanning table, 0, 0, 30, 120, 0, 0, 25",
    "building index: loading tuples in tree, 0, 0, 0, 0, 9, 10, 90",
    "waiting for writers before build, 1, 2, 0, 0, 0, 0, 50",
    "waiting for old snapshots, 0, 0, 5, 5, 0, 0, -1",
    "index validation: scanning table, 0, 0, 7, 7, 3, 10, 100",
    "initializing, 0, 0, 0, 0, 0, 0, -1"
  })
  void thePercentageIsThatOfThePhase(
      String phase, long l, long ls, long b, long bs, long t, long ts, int percent) {
    assertThat(IndexProgress.percent(phase, new long[] {l, b, t}, new long[] {ls, bs, ts}))
        .isEqualTo(percent);
  }
}
