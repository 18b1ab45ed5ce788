package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verb new: what it writes, and what a server makes of a draft. */
class NewVerbTest {

  private static final String DESIRED = """
      create schema billing;
      create extension if not exists pg_trgm;
      create type mood as enum ('sad', 'calm', 'happy');
      create domain billing.amount as numeric(12, 2) default 0 check (value >= 0);
      create sequence billing.numbers increment by 5 start with 100;
      create table people (
        id int primary key,
        email text not null default '',
        mood mood,
        "Nick Name" varchar(40) collate "C"
      );
      create function billing.next_number() returns bigint language sql stable
        set search_path = pg_catalog, billing
        as $$ select last_value from billing.numbers $$;
      create table billing.invoices (
        id bigint generated always as identity,
        number bigserial,
        person int not null,
        total billing.amount not null,
        twice numeric generated always as (total * 2) stored,
        at timestamptz not null default now(),
        constraint invoices_pk primary key (id),
        constraint invoices_person foreign key (person) references people (id) on delete cascade,
        constraint invoices_number unique (number),
        constraint total_not_huge check (total < 1000000)
      );
      create index invoices_at on billing.invoices (at desc) where total > 0;
      create index people_email on people (lower(email));
      create table billing.events (at date not null, what text) partition by range (at);
      create table billing.events_2026 partition of billing.events for values from ('2026-01-01') to ('2027-01-01');
      create view billing.b_totals as select person, sum(total) as total from billing.invoices group by person;
      create view billing.a_big as select * from billing.b_totals where total > 100;
      create materialized view billing.m as select count(*) as n from people;
      create function billing.stamp() returns trigger language plpgsql as $$ begin new.at := now(); return new; end $$;
      create trigger stamped before update on billing.invoices for each row execute function billing.stamp();
      alter table billing.invoices enable row level security;
      create policy own on billing.invoices for select using (person > 0);
      create procedure tidy(days int default 30) language sql as $$ delete from billing.events where at < current_date - days $$;
      """;

  @TempDir
  Path folder;

  @ParameterizedTest
  @Tag("any-server")
  @CsvSource({
    "0007_a.sql,0008_add_email.sql,0008_add_email_rollback.sql",
    "9_a.sql,10_add_email.sql,10_add_email_rollback.sql",
    "099_a.sql,100_add_email.sql,100_add_email_rollback.sql",
    "0007-a.sql,0008-add_email.sql,0008-add_email_rollback.sql",
    "027_a.up.sql,028_add_email.up.sql,028_add_email.down.sql",
    "V1_2__a.sql,V1_3__add_email.sql,U1_3__add_email.sql",
    "12345678901234567890_a.sql,12345678901234567891_add_email.sql,12345678901234567891_add_email_rollback.sql",
    "29990101_a.sql,29990102_add_email.sql,29990102_add_email_rollback.sql",
    "01_a/up.sql,02_add_email/up.sql,02_add_email/down.sql"
  })
  void theNextFilesAreNamedAsTheLastOnesAre(String last, String up, String down)
      throws IOException {
    script(last, "select 1;");
    CommandRun run = run(shell(), "new", "  Add email ");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .isEqualTo("Wrote " + folder.resolve(up) + "\nWrote " + folder.resolve(down) + "\n");
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    assertThat(Files.readString(folder.resolve(up)))
        .isEqualTo(
            "-- Purpose: Add email\n-- Date: " + today + "\n\n-- Write the statements here.\n");
    assertThat(Files.readString(folder.resolve(down))).contains("-- Purpose: Undo ");
  }

  @Test
  @Tag("any-server")
  void aFolderOfStampsGoesOnWithTheTime() throws IOException {
    script("20240101120000_a.sql", "select 1;");
    assertThat(run(shell(), "new", "add email").out())
        .containsPattern("/20[2-9][0-9]{11}_add_email\\.sql\n");
  }

  @Test
  @Tag("any-server")
  void aFileWithTwoSectionsStaysOne() throws IOException {
    script("0001_a.sql", "-- migrate:up\nselect 1;\n-- migrate:down\nselect 2;\n");
    assertThat(run(shell(), "new", "add email").out())
        .isEqualTo("Wrote " + folder.resolve("0002_add_email.sql") + "\n");
    assertThat(Files.readString(folder.resolve("0002_add_email.sql")))
        .startsWith("-- migrate:up\n-- Purpose: Add email\n")
        .contains("\n-- migrate:down\n");
    assertThat(run(shell(), "changelog").out()).contains("**0002 add\\_email**: Add email");
  }

  @Test
  @Tag("any-server")
  void anEmptyFolderBeginsAndNothingIsOverwritten() throws IOException {
    CommandRun run = run(shell(), "new", "people", "--json");
    assertThat(run.out()).contains("\"type\": \"new\"", "\"version\": \"0001\"");
    assertThat(Files.exists(folder.resolve("0001_people_rollback.sql"))).isTrue();
    Files.delete(folder.resolve("0001_people.sql"));
    Files.move(
        folder.resolve("0001_people_rollback.sql"), folder.resolve("0001_people_rollback.sql.x"));
    assertThat(run(shell(), "new", "???").err()).contains("'???' is no description");
    assertThat(run(shell(), "new").err()).contains("<description> is missing");
    assertThat(run(shell(), "new", "x", "--location", "classpath:db").err())
        .contains("a migration is begun in one folder");
  }

  @PostgresTest
  @ParameterizedTest
  @CsvSource({"exact,0", "differs,4"})
  void aDraftMakesTheDesiredSchemaAndItsDownScriptTakesItBack(
      String down, int exitCode, TestDatabase database) throws IOException {
    // PostgreSQL cannot take a label back.
    String schema = down.equals("exact") ? DESIRED.replace("'calm', ", "") : DESIRED;
    script("0001_people.sql", "create table people (id int primary key);");
    script("0001_people_rollback.sql", "drop table people;");
    script("0002_mood.sql", "create type mood as enum ('sad', 'happy');");
    script("0002_mood_rollback.sql", "drop type mood;");
    Path desired = Files.writeString(folder.resolve("schema.txt"), schema);
    CommandRun run = run(
        shell(database),
        "new",
        "billing",
        "--from",
        desired.toString(),
        "--server",
        database.jdbcUrl());
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .as(all())
        .contains("up exact, down " + down + ".\n")
        .doesNotContain("Not");
    Shell there = new Shell(folder, database);
    CommandRun migrate = there.run("migrate");
    assertThat(migrate.exitCode()).as(migrate.all()).isZero();
    assertThat(there.run("rollback").exitCode()).isEqualTo(exitCode);
    assertThat(database.value("select to_regclass('billing.invoices')")).isEqualTo("NULL");
  }

  @Test
  @PostgresTest
  void whatCannotBeDraftedIsSaid(TestDatabase database) throws IOException {
    script("0001_people.sql", "create table people (id int primary key, old text, name text);");
    Path desired = Files.writeString(
        folder.resolve("schema.txt"),
        "create table people (id bigint primary key, name text not null, town text);");
    CommandRun run = run(
        shell(database),
        "new",
        "towns",
        "--from",
        desired.toString(),
        "--server",
        database.jdbcUrl());
    assertThat(run.out())
        .contains("Drafted 1 statement; on a throw-away database: up differs, down exact.\n")
        .contains("Not drafted: column public.people.old is not in the desired schema")
        .contains("Not drafted: column public.people.id has another type: integer would become")
        .contains("After it: column public.people.old is still there.\n");
    assertThat(Files.readString(folder.resolve("0002_towns.sql")))
        .contains("-- Not drafted:\n--   column public.people.id has another type")
        .contains("ALTER TABLE public.people ADD COLUMN town text;\n");
    assertThat(Files.readString(folder.resolve("0002_towns_rollback.sql")))
        .contains("ALTER TABLE public.people DROP COLUMN IF EXISTS town;\n");
  }

  @Test
  @PostgresTest
  void aViewIsReplacedAndNeverDropped(TestDatabase database) throws IOException {
    script(
        "0001_people.sql",
        "create table people (id int, name text); create view same as select id from people;"
            + " create view more as select id from people; create view fewer as select id, name from people;");
    Path desired = Files.writeString(
        folder.resolve("schema.txt"),
        "create table people (id int, name text); create view same as select id from people where id > 0;"
            + " create view more as select id, name from people; create view fewer as select name from people;");
    CommandRun run = run(
        shell(database),
        "new",
        "views",
        "--from",
        desired.toString(),
        "--server",
        database.jdbcUrl());
    assertThat(run.out())
        .contains("Not drafted: view public.more has more columns, which the down script leaves")
        .contains("Not drafted: view public.fewer has other columns");
    assertThat(Files.readString(folder.resolve("0002_views.sql")))
        .contains("CREATE OR REPLACE VIEW public.same", "CREATE OR REPLACE VIEW public.more")
        .doesNotContain("DROP", "VIEW public.fewer AS");
    assertThat(Files.readString(folder.resolve("0002_views_rollback.sql")))
        .contains("-- This does not undo everything.", "CREATE OR REPLACE VIEW public.same")
        .doesNotContain("DROP", "VIEW public.more");
  }

  @Test
  @PostgresTest
  void whatProtectsIsNotTakenAwayAndWhatRowsForbidIsSaid(TestDatabase database) throws IOException {
    script(
        "0001_people.sql",
        "create type mood as enum (); create table people (id int default 1);"
            + " alter table people enable row level security;");
    Path desired = Files.writeString(
        folder.resolve("schema.txt"),
        "create type mood as enum ('calm', 'sad'); create table people (id int, name text not null);");
    CommandRun run = run(
        shell(database),
        "new",
        "names",
        "--from",
        desired.toString(),
        "--server",
        database.jdbcUrl());
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("Not drafted: table public.people has another row security")
        .contains("Not drafted: column public.people.id has another default");
    assertThat(Files.readString(folder.resolve("0002_names.sql")))
        .contains("ADD VALUE 'calm';", "ADD VALUE 'sad' AFTER 'calm';")
        .contains("-- Fails where the table has rows")
        .doesNotContain("DISABLE", "DROP DEFAULT");
  }

  private Shell shell() {
    return new Shell(folder);
  }

  /** One that may make databases on the server. */
  private Shell shell(TestDatabase database) {
    return shell().variable("PGUSER", database.user()).variable("PGPASSWORD", database.password());
  }

  private CommandRun run(Shell shell, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--location")) {
      all.addAll(List.of("--location", folder.toString()));
    }
    return shell.runExactly(all);
  }

  private void script(String name, String sql) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, sql);
  }

  private String all() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : List.copyOf(files.toList())) {
        text.append(file).append('\n').append(Files.readString(file)).append('\n');
      }
    }
    return text.toString();
  }
}
