package dev.migrator.internal.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.lint.rules.Catalogue;
import dev.migrator.report.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the migrations of published projects look like where the lint once said too much of them, or too little. */
@Tag("any-server")
class PublishedShapesTest {

  private static final String ORDERS = """
      CREATE TABLE customers (id bigint PRIMARY KEY, name text);
      CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, placed timestamptz, note text);
      CREATE INDEX orders_customer ON orders (customer_id);
      CREATE INDEX orders_note ON orders (note);
      """;

  @Test
  void nothingIsReadOfATableThatTheTransactionHasTruncated() {
    assertThat(broken("""
        TRUNCATE orders;
        CREATE INDEX orders_placed ON orders (placed);
        ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
        ALTER TABLE orders ADD UNIQUE (placed);
        """)).containsExactly("1 truncate");
  }

  @Test
  void aForeignKeyOfATruncatedTableStillLocksTheOtherOne() {
    assertThat(broken("""
        TRUNCATE orders;
        ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;
        """)).containsExactly("1 truncate", "2 foreign-key-locks-other");
  }

  @Test
  void whatIsDeletedOrFilledAgainIsStillRead() {
    assertThat(broken("""
        DELETE FROM orders;
        CREATE INDEX orders_placed ON orders (placed);
        """)).contains("2 index-not-concurrent");
    assertThat(broken("""
        TRUNCATE orders;
        INSERT INTO orders SELECT id, id FROM customers;
        CREATE INDEX orders_placed ON orders (placed);
        """)).contains("3 index-not-concurrent");
  }

  @Test
  void whatMayHaveBeenFilledOrWasNotTruncatedIsStillRead() {
    for (String fills : List.of(
        "DO 'BEGIN INSERT INTO orders VALUES (1); END';",
        "CALL fill();",
        "SELECT fill();",
        "EXECUTE fill;",
        "INSERT INTO orders_2026 SELECT 1;",
        "COPY orders_2026 FROM '/rows';")) {
      assertThat(broken(
              "TRUNCATE orders;\n" + fills + "\nCREATE INDEX orders_placed ON orders (placed);"))
          .as(fills)
          .contains("3 index-not-concurrent");
    }
    assertThat(broken("""
        TRUNCATE ONLY orders;
        CREATE INDEX orders_placed ON orders (placed);
        """)).contains("2 index-not-concurrent");
  }

  @Test
  void whatDestroysIsToldOfATruncatedTableToo() {
    assertThat(broken("""
        TRUNCATE orders;
        ALTER TABLE orders ALTER COLUMN id TYPE integer;
        """)).contains("2 column-type-lossy");
  }

  @Test
  void aTableThatSeveralForeignKeysReferToIsLockedOnce() {
    assertThat(broken("""
            CREATE TABLE gifts (
              id bigint PRIMARY KEY,
              giver bigint NOT NULL REFERENCES customers,
              taker bigint NOT NULL REFERENCES customers
            );
            CREATE INDEX ON gifts (giver);
            CREATE INDEX ON gifts (taker);
            """)).containsExactly("3 foreign-key-locks-other");
  }

  @Test
  void anIndexOfAllButNullsServesAForeignKey() {
    assertThat(broken("""
            CREATE TABLE bills (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);
            CREATE INDEX bills_order ON bills (order_id, id) WHERE order_id IS NOT NULL;
            """)).containsExactly("1 foreign-key-locks-other");
    assertThat(broken("""
            CREATE TABLE bills (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);
            CREATE INDEX bills_order ON bills (order_id) WHERE id > 1000;
            """))
        .containsExactly("1 foreign-key-locks-other", "1 foreign-key-without-index");
  }

  @Test
  void aKeyThatTheScriptPutsInThePlaceOfAnotherOneIsNotLost() {
    String setup =
        "CREATE TABLE likes (id bigint PRIMARY KEY, a bigint NOT NULL, b bigint NOT NULL,"
            + " CONSTRAINT likes_pair UNIQUE (a, b), CHECK (a <> b));";
    assertThat(broken(setup, """
        ALTER TABLE likes DROP COLUMN id, ADD PRIMARY KEY (b, a), DROP CONSTRAINT likes_pair;
        """)).doesNotContain("1 drop-constraint");
    assertThat(broken(setup, """
        ALTER TABLE likes DROP CONSTRAINT likes_check;
        ALTER TABLE likes ADD CHECK (a <= b) NOT VALID;
        """)).isEmpty();
    assertThat(broken(setup, """
        ALTER TABLE likes DROP CONSTRAINT likes_pair;
        ALTER TABLE likes ADD UNIQUE (a);
        """)).contains("1 drop-constraint");
  }

  @Test
  void aCheckIsReplacedOnlyByOneOfTheSameColumns() {
    String setup = """
        CREATE TABLE lines (a bigint, b bigint, qty bigint CHECK (qty > b), CHECK (a <> b), CHECK (qty > 0));
        """;
    assertThat(broken(setup, """
        ALTER TABLE lines DROP CONSTRAINT lines_check1;
        ALTER TABLE lines ADD CHECK (qty > 1) NOT VALID;
        """)).containsExactly("1 drop-constraint");
    assertThat(broken(setup, """
        ALTER TABLE lines DROP CONSTRAINT lines_check;
        ALTER TABLE lines ADD CHECK (a <> b) NOT VALID;
        """)).containsExactly("1 drop-constraint");
    assertThat(broken(setup, """
        ALTER TABLE lines DROP CONSTRAINT lines_qty_check;
        ALTER TABLE lines ADD CHECK (qty >= 1) NOT VALID;
        """)).isEmpty();
    assertThat(broken("ALTER TABLE unseen ADD COLUMN a bigint;", """
        ALTER TABLE unseen DROP CONSTRAINT unseen_check;
        ALTER TABLE unseen ADD CHECK (qty > 0) NOT VALID;
        """))
        .containsExactly("1 drop-constraint");
  }

  @Test
  void aCheckWithoutANameIsNotTakenForOneThatWasThere() {
    assertThat(broken("""
        ALTER TABLE unseen ADD CHECK (qty > 0) NOT VALID;
        ALTER TABLE unseen DROP CONSTRAINT unseen_check;
        """)).containsExactly("2 drop-constraint");
    assertThat(broken("""
        ALTER TABLE orders ADD CHECK (note <> '') NOT VALID;
        ALTER TABLE orders DROP CONSTRAINT orders_check;
        """)).containsExactly("2 drop-constraint");
    assertThat(broken("""
        ALTER TABLE orders ADD CHECK (note <> '') NOT VALID;
        ALTER TABLE orders DROP CONSTRAINT orders_note_check;
        """)).isEmpty();
  }

  @Test
  void aForeignKeyIsReplacedOnlyByOneToTheSameColumns() {
    String setup = """
        CREATE TABLE a.users (id bigint PRIMARY KEY, number bigint UNIQUE);
        CREATE TABLE b.users (id bigint PRIMARY KEY);
        CREATE TABLE visits (id bigint PRIMARY KEY, user_id bigint, FOREIGN KEY (user_id) REFERENCES a.users);
        CREATE INDEX ON visits (user_id);
        """;
    for (String weaker : List.of(
        "FOREIGN KEY (user_id) REFERENCES b.users",
        "CONSTRAINT visits_user_id_fkey FOREIGN KEY (user_id) REFERENCES b.users",
        "CONSTRAINT visitor FOREIGN KEY (user_id) REFERENCES b.users",
        "FOREIGN KEY (user_id) REFERENCES a.users (number)",
        "FOREIGN KEY (user_id) REFERENCES a.users NOT ENFORCED")) {
      assertThat(broken(setup, """
          ALTER TABLE visits DROP CONSTRAINT visits_user_id_fkey;
          ALTER TABLE visits ADD\s""" + weaker + ";")).as(weaker).contains("1 drop-constraint");
    }
    for (String same : List.of(
        "CONSTRAINT visitor FOREIGN KEY (user_id) REFERENCES a.users (id) ON DELETE CASCADE NOT VALID",
        "FOREIGN KEY (user_id) REFERENCES a.users NOT VALID")) {
      assertThat(broken(setup, """
          ALTER TABLE visits DROP CONSTRAINT visits_user_id_fkey;
          ALTER TABLE visits ADD\s""" + same + ";")).as(same).doesNotContain("1 drop-constraint");
    }
  }

  @Test
  void aPrimaryKeyIsNotReplacedByAUniqueConstraint() {
    assertThat(broken("""
        ALTER TABLE orders DROP CONSTRAINT orders_pkey;
        ALTER TABLE orders ADD UNIQUE (id);
        """)).contains("1 drop-constraint");
    assertThat(broken("""
        ALTER TABLE orders DROP CONSTRAINT orders_pkey;
        ALTER TABLE orders ADD CONSTRAINT orders_pkey UNIQUE (id);
        """)).contains("1 drop-constraint");
  }

  @Test
  void aTypeThatTheScriptMakesAgainIsLostOnlyWithItsColumns() {
    String setup = "CREATE TYPE state AS (a integer);";
    assertThat(broken(setup, """
        DROP TYPE state;
        CREATE TYPE state AS (a bigint);
        """)).isEmpty();
    assertThat(broken(setup, """
        DROP TYPE state CASCADE;
        CREATE TYPE state AS (a bigint);
        """)).containsExactly("1 drop-cascade", "1 drop-type");
  }

  @Test
  void whatNoScriptBeforeMakesIsProbablyTheMigrationsOwn() {
    List<Judgement> judgements = judge(ORDERS, """
        CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
        ALTER TABLE orders ADD COLUMN IF NOT EXISTS paid boolean;
        """, """
        DROP FUNCTION touch();
        ALTER TABLE orders DROP COLUMN paid;
        """);
    assertThat(judgements)
        .extracting(judgement -> judgement.violation().severity())
        .containsExactly(Severity.NOTE, Severity.NOTE);
    assertThat(judgements)
        .allMatch(Judgement::isForbiddenDestruction)
        .allMatch(judgement -> judgement.violation().message().contains("may have found it there"));
  }

  @Test
  void whatAScriptBeforeMakesIsNotTheMigrationsOwn() {
    List<Judgement> judgements = judge(
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN old; END';"
            + " CREATE EXTENSION IF NOT EXISTS citext;",
        """
        CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
        CREATE EXTENSION IF NOT EXISTS hstore;
        """,
        """
        DROP FUNCTION touch();
        DROP EXTENSION hstore;
        """);
    assertThat(judgements)
        .extracting(judgement -> judgement.violation().severity())
        .containsExactly(Severity.WARNING, Severity.WARNING);
  }

  @Test
  void whatIsFilledFromAQueryUnderALockKeepsTheLock() {
    assertThat(broken("""
        CREATE TABLE bills (id bigint PRIMARY KEY REFERENCES orders);
        INSERT INTO bills SELECT id FROM orders;
        """)).containsExactly("1 foreign-key-locks-other", "2 backfill-with-ddl");
    assertThat(broken("""
        CREATE TABLE bills (id bigint PRIMARY KEY REFERENCES orders);
        INSERT INTO bills SELECT 1;
        """)).containsExactly("1 foreign-key-locks-other");
    for (String fills : List.of(
        "CREATE TABLE totals AS SELECT count(*) FROM orders;",
        "CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM orders;",
        "SELECT count(*) INTO totals FROM orders;")) {
      assertThat(broken("ALTER TABLE orders ADD COLUMN paid boolean;\n" + fills))
          .as(fills)
          .contains("2 work-under-lock");
    }
    assertThat(broken("""
        ALTER TABLE orders ADD COLUMN paid boolean;
        CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM orders WITH NO DATA;
        REFRESH MATERIALIZED VIEW totals;
        """)).containsExactly("3 work-under-lock");
  }

  @Test
  void aDroppedIndexLocksItsTable() {
    assertThat(judge(ORDERS, """
            DROP INDEX orders_note, orders_customer;
            CREATE INDEX orders_placed ON orders (placed);
            """, null))
        .extracting(judgement -> judgement.violation().message())
        .anyMatch(message -> message.startsWith("This runs while orders is locked"));
  }

  @Test
  void aDroppedTriggerLocksItsTableWhereItIsThere() {
    String setup = ORDERS
        + "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
        + "CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();";
    String drop =
        "ALTER TABLE customers ADD COLUMN mail text;\nDROP TRIGGER IF EXISTS touch ON orders;";
    assertThat(broken(setup, drop))
        .containsExactly("2 several-exclusive-locks", "2 trigger-dropped");
    assertThat(broken(
            setup + "ALTER TRIGGER touch ON orders RENAME TO touched;",
            "DROP TRIGGER IF EXISTS touched ON orders;"))
        .containsExactly("1 trigger-dropped");
    assertThat(broken(ORDERS, drop)).isEmpty();
  }

  @Test
  void aTriggerThatIsMadeAgainCouldBeReplaced() {
    assertThat(judge(
            ORDERS
                + "CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f();",
            """
            DROP TRIGGER touch ON orders;
            CREATE TRIGGER touch BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f();
            """,
            null))
        .extracting(judgement -> judgement.violation().remedy())
        .anyMatch(remedy -> remedy.startsWith("CREATE OR REPLACE TRIGGER"));
  }

  @Test
  void aLongTextTakesNoMoreStackThanAShortOne() {
    String text = "it''s long ".repeat(50_000);
    assertThat(broken(
            "CREATE TYPE state AS ENUM ('new');",
            "ALTER TYPE state ADD VALUE 'paid';\n"
                + "ALTER TABLE orders ADD COLUMN state text DEFAULT lower('" + text + "');\n"
                + "ALTER ROLE app PASSWORD '" + text + "';"))
        .contains("3 secret-in-script");
  }

  private static List<String> broken(String script) {
    return broken(ORDERS, script);
  }

  /** The rules that a script breaks, behind the lines where it does. */
  private static List<String> broken(String setup, String script) {
    return judge(setup, script, null).stream()
        .map(judgement -> judgement.finding().position().line() + " "
            + judgement.finding().rule().id())
        .sorted()
        .toList();
  }

  private static List<Judgement> judge(String setup, String script, @Nullable String down) {
    Lint lint = new Lint(
        Catalogue.rules(), new LintContext(14, Duration.ofSeconds(10), List.of(), Map.of()));
    lint.learn(RuleCase.script("0000_setup.sql", setup, null));
    lint.beginRun();
    LintScript takingBack =
        down == null ? null : RuleCase.script("0001_change_rollback.sql", down, null);
    List<Judgement> judgements = lint.judge(RuleCase.script("0001_change.sql", script, takingBack));
    return down == null
        ? lint.standing(judgements)
        : judgements.stream()
            .filter(judgement -> judgement.finding().position().toString().contains("rollback"))
            .toList();
  }
}
