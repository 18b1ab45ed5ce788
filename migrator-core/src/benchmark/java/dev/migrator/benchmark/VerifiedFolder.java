package dev.migrator.benchmark;

import dev.migrator.config.RowCheck;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.report.VerifyReport;
import dev.migrator.verify.MigrationVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How long it takes to verify a folder of migrations that are made of what migrations are made of. */
final class VerifiedFolder {

  private static final String[][] KINDS = {
    {
      """
      create table item_%1$d (
        id bigint generated always as identity primary key,
        name varchar(80) not null,
        price numeric(12, 2) not null default 0 check (price >= 0),
        parent bigint references item_%1$d,
        made_at timestamptz not null default now()
      );
      comment on table item_%1$d is 'Items of kind %1$d';
      """,
      "drop table item_%1$d;"
    },
    {
      """
      alter table item_%2$d add column colour text;
      alter table item_%2$d add constraint item_%2$d_colour check (colour <> '');
      """,
      "alter table item_%2$d drop column colour;"
    },
    {
      "create index concurrently item_%2$d_by_name on item_%2$d (name) where price > 0;",
      "drop index concurrently item_%2$d_by_name;"
    },
    {
      """
      create view dear_%2$d as select id, name from item_%2$d where price > 1000;
      grant select on dear_%2$d to public;
      """,
      "drop view dear_%2$d;"
    },
    {
      """
      create function touch_%2$d() returns trigger language plpgsql as $$
      begin
        new.made_at := now();
        return new;
      end $$;
      create trigger touch before update on item_%2$d for each row execute function touch_%2$d();
      """,
      "drop trigger touch on item_%2$d;\ndrop function touch_%2$d();"
    },
    {
      """
      create type state_%2$d as enum ('new', 'sold');
      alter table item_%2$d add column state state_%2$d not null default 'new';
      insert into item_%2$d (name, price) values ('first', 10), ('second', 2000);
      """,
      """
      delete from item_%2$d where name in ('first', 'second');
      alter table item_%2$d drop column state;
      drop type state_%2$d;
      """
    }
  };

  private VerifiedFolder() {}

  /** Writes the scripts. */
  static Path write(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    int last = 0;
    for (int i = 1; i <= count; i++) {
      String[] kind = KINDS[(i - 1) % KINDS.length];
      last = (i - 1) % KINDS.length == 0 ? i : last;
      String name = String.format(Locale.ROOT, "%04d_step", i);
      Files.writeString(folder.resolve(name + ".sql"), kind[0].formatted(i, last));
      Files.writeString(folder.resolve(name + "_rollback.sql"), kind[1].formatted(i, last));
    }
    return folder;
  }

  /** Verifies them, and fails when one of them is not exact. */
  static VerifyReport verify(Path folder, RowCheck rows) {
    VerifyReport report = MigrationVerifier.builder()
        .migrations(engine -> engine.locations("filesystem:" + folder))
        .server(ThrowAwayServer.embedded())
        .rows(rows)
        .build()
        .verify();
    if (!report.passed()) {
      throw new IllegalStateException(
          report.migrations().stream().filter(m -> !m.passed()).toList() + " " + report.checks());
    }
    return report;
  }
}
