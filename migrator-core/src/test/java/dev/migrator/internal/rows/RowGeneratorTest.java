package dev.migrator.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.FillReport.Unfilled;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that meet everything a table asks of them, made up on real servers. */
@PostgresTest
@Timeout(120)
class RowGeneratorTest {

  @Test
  void everyBuiltInTypeIsFilled(TestDatabase database) {
    List<String> types = database.query("""
            select format_type(oid, null) from pg_type
             where typtype in ('b', 'r', 'm') and typnamespace = 'pg_catalog'::regnamespace
               and typrelid = 0 and typelem = 0 or typname in ('point', 'name', 'int2vector', 'oidvector',
                   'lseg', 'box', 'line')
             order by oid""").stream()
        .map(row -> row.get(0))
        .filter(type -> !NO_INPUT.contains(type))
        .toList();
    assertThat(types).hasSizeGreaterThan(60);
    for (int i = 0; i < types.size(); i++) {
      database.execute("create table t%1$d (a %2$s, b %2$s not null, c %2$s[] not null)"
          .formatted(i, types.get(i)));
    }
    FillReport report = fill(database);
    assertThat(report.unfilled())
        .extracting(
            u -> types.get(Integer.parseInt(u.table().name().substring(1))) + ": " + u.reason())
        .isEmpty();
    assertThat(report.tables()).isEqualTo(types.size());
    assertThat(report.rows()).isEqualTo(Filling.ROWS * types.size());
    for (int i = 0; i < types.size(); i++) {
      assertThat(database.value("select count(*) filter (where a is null) from t" + i))
          .as(types.get(i))
          .isEqualTo("1");
    }
  }

  /** What the server writes and does not read. */
  private static final Set<String> NO_INPUT = Set.of(
      "gtsvector",
      "pg_node_tree",
      "pg_ndistinct",
      "pg_dependencies",
      "pg_mcv_list",
      "pg_brin_bloom_summary",
      "pg_brin_minmax_multi_summary");

  @Test
  void typesOfOnesOwnAreFilled(TestDatabase database) {
    database.execute("""
        create extension citext; create extension hstore; create extension ltree;
        create type mood as enum ('sad', 'so', 'glad');
        create type place as (street varchar(20), house int, mood mood);
        create type span as range (subtype = date);
        create domain code as text check (value ~ '^[A-Z]{3}-[0-9]{2,}$');
        create domain percent as numeric(5, 2) not null check (value between 0 and 100);
        create domain strict_code as code check (length(value) = 7);
        create table t (m mood not null, p place not null, ps place[] not null, s span not null, c code not null,
          pc percent, sc strict_code not null, codes code[], ci citext not null, h hstore not null, l ltree not null,
          ms mood[] not null, box box[] not null, r other not null)""".replace("r other", "r place"));
    assertFilled(database);
    assertThat(database.value("select count(distinct c) from t")).isEqualTo("4");
  }

  @Test
  void lengthsAndPrecisionsAreUsedToTheFull(TestDatabase database) {
    database.execute("""
        create table t (v varchar(40) not null, c char(3) not null, n numeric(12, 3) not null, tiny numeric(2, 2) not null,
          ts timestamptz not null, b bit(3) not null, vb varbit(70) not null, big bigint not null, u numeric not null)""");
    assertFilled(database);
    assertThat(database.query("""
        select max(char_length(v)), max(n), max(tiny), bool_or(extract(microseconds from ts)::int % 1000 <> 0), max(big),
               bool_or(v = ''), bool_or(octet_length(v) > char_length(v)), min(n)
          from t"""))
        .containsExactly(List.of(
            "40", "987654321.123", "0.12", "t", "9007199254740993", "t", "t", "-987654321.123"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a int check (a between 10 and 12)",
        "a int check (a in (3, 5, 8))",
        "a int check (a > 1000000 and a % 7 = 3)",
        "a text check (a in ('draft', 'sent'))",
        "a text check (length(a) = 17)",
        "a text check (length(btrim(a)) > 0 and char_length(a) <= 5)",
        "a text check (a ~ '^[a-z0-9]+(-[a-z0-9]+)*$')",
        "a text check (a ~* '^\\+?[1-9]\\d{7,14}$')",
        "a text check (a ~ '^(home|work|other)_\\d+$')",
        "a text check (a like 'Q-%')",
        "a text check (a similar to '(x|y)[0-9]+')",
        "a text check (a = upper(a) and length(a) between 6 and 8)",
        "a text check (a ~ '^[^@]+@[^@]+\\.[^@]+$')",
        "a varchar(10) check (a <> '' and a !~ '[[:space:]]')",
        "a date check (a > date '2030-01-01')",
        "a date check (extract(isodow from a) = 3)",
        "a date check (date_trunc('month', a) = a)",
        "a timestamptz check (a < now())",
        "a int, b int check (a < b)",
        "a date, b date, check (b > a and b < a + 10)",
        "a text, b text, check ((a is null) <> (b is null))",
        "a text, b int, c date, check (num_nonnulls(a, b, c) = 1)",
        "a text, b numeric, check (a = 'fixed' and b is not null or a = 'open' and b is null)",
        "a numeric(10, 2), b numeric(10, 2), c numeric(10, 2), check (c = a + b), check (a > 5), check (b > a)",
        "a jsonb check (jsonb_typeof(a) = 'array')",
        "a jsonb check (a ? 'name' and jsonb_typeof(a -> 'age') = 'number')",
        "a text[] check (cardinality(a) between 2 and 4)",
        "a text[] check (a <@ array['red', 'green'])",
        "a int4range check (not isempty(a) and lower(a) >= 5)",
        "a boolean check (a)",
        "a bytea check (octet_length(a) = 32)",
        "a uuid check (a <> '00000000-0000-0000-0000-000000000000')",
        "a interval check (a > interval '0')",
        "a text check (a::int > 5)",
        "a money check (a > 0::money)",
        "a inet check (family(a) = 4)"
      })
  void conditionsAreMet(String columns, TestDatabase database) {
    database.execute("create table t (id int generated always as identity, %s)".formatted(columns));
    database.execute("create table n (id serial, %s)"
        .formatted(
            columns.contains(" b ") ? columns : columns.replaceFirst("check", "not null check")));
    assertFilled(database);
  }

  @Test
  void keysAreDistinctAndRefer(TestDatabase database) {
    database.execute("""
        create table tenants (id uuid primary key, slug text not null unique);
        create table users (tenant_id uuid references tenants, id int, email text not null, primary key (tenant_id, id));
        create unique index on users (lower(email));
        create table teams (tenant_id uuid references tenants, id int, lead int, primary key (tenant_id, id),
          foreign key (tenant_id, lead) references users (tenant_id, id));
        create table members (tenant_id uuid not null, team_id int not null, user_id int not null, role text not null check (role in ('a', 'b')),
          primary key (tenant_id, team_id, user_id),
          foreign key (tenant_id, team_id) references teams, foreign key (tenant_id, user_id) references users);
        create table profiles (tenant_id uuid, user_id int, primary key (tenant_id, user_id),
          foreign key (tenant_id, user_id) references users);
        create table flags (id bool primary key, name text not null);
        create table rooms (id int primary key);
        create extension btree_gist;
        create table bookings (room int not null references rooms, during tstzrange not null,
          exclude using gist (room with =, during with &&))""");
    assertFilled(database);
    assertThat(database.value("select count(*) from profiles")).isEqualTo("4");
    assertThat(database.value("select count(*) from flags")).isEqualTo("2");
    assertThat(database.value("select count(*) from members")).isEqualTo("4");
  }

  @Test
  void circlesAreClosed(TestDatabase database) {
    database.execute("""
        create table nodes (id int primary key, parent int references nodes);
        create table own (id int generated always as identity primary key, self int not null references own);
        create table a (id int primary key, b int);
        create table b (id int primary key, a int not null references a);
        alter table a add foreign key (b) references b;
        create table c (id int primary key, d int not null);
        create table d (id int primary key, c int not null references c deferrable);
        alter table c add foreign key (d) references d deferrable initially deferred;
        create table x (id int primary key, y int not null);
        create table y (id int primary key, x int not null references x);
        alter table x add constraint x_to_y foreign key (y) references y;
        create table below (x int not null references x)""");
    FillReport report = fill(database);
    assertThat(report.unfilled())
        .extracting(u -> u.table().text())
        .containsExactly("public.below", "public.x", "public.y");
    assertThat(report.unfilled())
        .extracting(Unfilled::text)
        .allMatch(text -> text.contains("x_to_y") || text.contains("refers to public.x"));
    assertThat(database.value("select count(parent) from nodes where parent <> id"))
        .isNotEqualTo("0");
    assertThat(database.value("select count(b) from a")).isNotEqualTo("0");
    assertThat(database.value("select count(*) from c")).isNotEqualTo("0");
  }

  @Test
  void partitionsAreFilledEachInItsBounds(TestDatabase database) {
    database.execute("""
        create table events (id bigint generated always as identity, at timestamptz not null, kind text not null check (kind <> ''),
          primary key (id, at, kind)) partition by range (at);
        create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
        create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01') partition by list (kind);
        create table events_2025_a partition of events_2025 for values in ('a', 'b');
        create table events_2025_rest partition of events_2025 default;
        create table notes (event_id bigint not null, event_at timestamptz not null, event_kind text, foreign key (event_id, event_at, event_kind) references events);
        create table hashed (id int primary key) partition by hash (id);
        create table hashed_0 partition of hashed for values with (modulus 3, remainder 0);
        create table hashed_1 partition of hashed for values with (modulus 3, remainder 1);
        create table hashed_2 partition of hashed for values with (modulus 3, remainder 2)""");
    assertFilled(database);
  }

  @Test
  void whatCannotBeFilledIsNamedWithTheServersReason(TestDatabase database) {
    database.execute("""
        create function refuse() returns trigger language plpgsql as $$ begin raise exception 'never on a %', 'Sunday'; end $$;
        create function discard() returns trigger language plpgsql as $$ begin return null; end $$;
        create table refused (a int); create table discarded (a int); create table impossible (a int not null check (a <> a));
        create table child (id int primary key, r int not null references parent(id))""".replace(
            "create table child",
            "create table parent (id int primary key check (id is null)); create table child"));
    database.execute("""
        create trigger t before insert on refused for each row execute function refuse();
        create trigger t before insert on discarded for each row execute function discard()""");
    assertThat(fill(database).unfilled())
        .extracting(Unfilled::text)
        .satisfiesExactly(
            text -> assertThat(text)
                .startsWith("table public.child could not be filled: ")
                .contains("refers to public.parent"),
            text -> assertThat(text)
                .isEqualTo(
                    "table public.discarded could not be filled: what was inserted is not there; a trigger or rule discards rows"),
            text -> assertThat(text).contains("public.impossible", "impossible_a_check"),
            text -> assertThat(text).contains("public.parent", "parent_id_check"),
            text -> assertThat(text).contains("public.refused", "never on a Sunday"));
  }

  @Test
  void textsAreOfTheKindThatTriggersAskFor(TestDatabase database) {
    database.execute("""
        create function ask() returns trigger language plpgsql as $$
          begin
            if tg_table_name = 'word' then
              if new.t ~ '[^a-z0-9_]' then raise exception 'no name: %', new.t; end if;
            elsif tg_table_name = 'version' then
              perform split_part(new.t, '.', 2)::int + split_part(new.t, '.', 3)::int;
            else
              perform new.t::int;
            end if;
            return new;
          end $$;
        create table word (t text not null unique); create table version (t varchar(40) not null check (length(t) <= 30)); create table number (t text not null)""");
    for (String table : List.of("word", "version", "number")) {
      database.execute(
          "create trigger t before insert on " + table + " for each row execute function ask()");
    }
    assertFilled(database);
  }

  @Test
  void theSameDatabaseGetsTheSameRowsEveryTime(TestDatabase database) {
    String schema = """
        create table p (id uuid primary key default gen_random_uuid(), at timestamptz default now(), name text not null unique);
        create table c (id serial, p uuid not null references p, v numeric(6, 2) check (v > 5))""";
    TestDatabase sibling = database.sibling();
    String rows = "select p::text, c::text from p left join c on c.p = p.id order by 1, 2";
    database.execute(schema);
    sibling.execute(schema);
    assertFilled(database);
    assertFilled(sibling);
    assertThat(database.query(rows)).isEqualTo(sibling.query(rows)).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void namesThatNeedQuotesAreQuoted(TestDatabase database) {
    database.execute("""
        create schema "S 1"; create type "S 1"."Mood" as enum ('it''s', 'b"c');
        create table "S 1"."T $1" ("Id ?" int primary key check ("Id ?" > 3), "select" "S 1"."Mood" not null, "a$1" text not null);
        create table "S 1"."c""d" ("of" int not null references "S 1"."T $1", value int check (value > 7))""");
    assertFilled(database);
  }

  @Test
  void theSessionIsLeftAsItWas(TestDatabase database) {
    database.execute("create table t (a int)");
    try (Session session = Session.open(database.dataSource())) {
      List<String> before = settings(session);
      RowGenerator.fill(session, Filling.edges());
      assertThat(settings(session)).isEqualTo(before);
    }
  }

  @Test
  void fiftyTablesInAChainAreFilledFromItsBeginning(TestDatabase database) {
    database.execute(IntStream.range(0, 50)
        .mapToObj(i -> "create table z%02d (id int generated always as identity primary key%s)"
            .formatted(
                50 - i, i == 0 ? "" : ", up int not null references z%02d".formatted(51 - i)))
        .collect(Collectors.joining(";")));
    assertFilled(database);
  }

  @Test
  void twoHundredTablesTakeAFewSeconds(TestDatabase database) {
    database.execute(IntStream.range(0, 200)
        .mapToObj(i -> """
            create table t%1$d (id bigint generated always as identity primary key, name text not null, email varchar(80) unique,
              amount numeric(12, 2) not null check (amount >= 0), state text not null check (state in ('a', 'b')),
              at timestamptz not null default now()%2$s)""".formatted(i, i == 0 ? "" : ", up bigint references t" + i / 2))
        .collect(Collectors.joining(";")));
    long start = System.nanoTime();
    assertFilled(database);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    try (Session session = Session.open(database.dataSource())) {
      assertThat(Contents.read(session, Set.of()).rows()).isEqualTo(800);
    }
  }

  private static List<String> settings(Session session) {
    return session.query(
        Command.of("select name || '=' || setting from pg_settings order by 1"),
        row -> row.text(1));
  }

  private static void assertFilled(TestDatabase database) {
    assertThat(fill(database).unfilled()).extracting(Unfilled::text).isEmpty();
  }

  private static FillReport fill(TestDatabase database) {
    try (Session session = Session.open(database.dataSource())) {
      return RowGenerator.fill(session, Filling.edges());
    }
  }
}
