package dev.migrator.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.RequiresPgDump;
import dev.migrator.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random schemas, each changed a few times: what pg_dump tells apart has different strict fingerprints, and what it writes
 * alike has the same. Several schemas share a database, because a dump costs as much as many schemas. {@code
 * -Dmigrator.seed=} repeats the database that a failure names, {@code -Dmigrator.schemas=} makes more.
 */
@RequiresPgDump
class PgDumpPropertiesTest {

  private static final int SCHEMAS = Integer.getInteger("migrator.schemas", 120);

  private static final int TOGETHER = 12;

  private static final int ROUNDS = 3;

  private final Mutations mutations = new Mutations();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pairs = new AtomicInteger();
  private final AtomicInteger alike = new AtomicInteger();

  private static LongStream seeds() {
    Long seed = Long.getLong("migrator.seed");
    return seed != null
        ? LongStream.of(seed)
        : new Random().longs((SCHEMAS + TOGETHER - 1) / TOGETHER);
  }

  // How many there were is what the test is worth.
  @SuppressWarnings("SystemOut")
  @Test
  void fingerprints_and_dumps_agree_on_what_is_the_same_schema() {
    PostgresServer server = PostgresServer.shared();
    seeds().parallel().forEach(seed -> compare(server, seed));

    System.out.printf(
        Locale.ROOT,
        "pg_dump and fingerprints: %d pairs of schemas, %d of them alike; %s%n",
        pairs.get(),
        alike.get(),
        mutations);
    assertThat(wrong).isEmpty();
    if (pairs.get() > 4 * mutations.kinds()) {
      assertThat(mutations.neverMade()).hasSizeLessThan(mutations.kinds() / 10);
    }
  }

  private void compare(PostgresServer server, long seed) {
    Draw draw = new Draw(seed);
    try (TestDatabase database = server.createDatabase()) {
      RandomDatabase.fill(database, draw, TOGETHER);
      List<SchemaState> states = new ArrayList<>();
      List<Map<String, Mutations.Mutation>> made = new ArrayList<>();
      states.add(SchemaState.of(database));
      for (int round = 0; round < ROUNDS; round++) {
        made.add(mutations.apply(database, draw));
        states.add(SchemaState.of(database));
      }
      for (int later = 1; later < states.size(); later++) {
        for (int earlier = 0; earlier < later; earlier++) {
          check(seed, states.get(earlier), states.get(later), made.subList(earlier, later));
        }
      }
    } catch (RuntimeException e) {
      throw new AssertionError("-Dmigrator.seed=" + seed + ": " + e.getMessage(), e);
    }
  }

  private void check(
      long seed,
      SchemaState before,
      SchemaState after,
      List<Map<String, Mutations.Mutation>> made) {
    for (String schema : after.schemas()) {
      boolean sameDump = before.dump(schema).equals(after.dump(schema));
      boolean sameFingerprint = before.fingerprint(schema).equals(after.fingerprint(schema));
      pairs.incrementAndGet();
      if (sameDump) {
        alike.incrementAndGet();
      }
      if (sameDump != sameFingerprint) {
        wrong.add("-Dmigrator.seed=%d %s, after %s: %s%n%s"
            .formatted(
                seed,
                schema,
                made.stream()
                    .map(changes -> String.valueOf(changes.get(schema)))
                    .toList(),
                sameDump ? "only the fingerprint differs" : "only pg_dump tells them apart",
                sameDump
                    ? before.difference(schema, after)
                    : before.dumpDifference(schema, after)));
      }
    }
  }
}
