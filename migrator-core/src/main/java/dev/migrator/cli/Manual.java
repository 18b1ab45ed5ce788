package dev.migrator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the help of a verb says beneath its options: how it is used, and what its exit code means. */
final class Manual {

  private static final String SUCCESS = "0 success";
  private static final String REFUSED =
      "1 refused before anything ran: unreachable, locked, unconfirmed, scripts and database disagree";
  private static final String UNUSABLE =
      "5 the command line, the configuration or the scripts cannot be used";

  private Manual() {}

  /**
   * The page of a verb.
   *
   * @param examples how it is used
   * @param exitCodes what its exit codes mean, in their order
   */
  record Page(List<Example> examples, List<String> exitCodes) {}

  /**
   * A command.
   *
   * @param line as it is typed, behind {@code migrator}
   * @param says what it does
   */
  record Example(String line, String says) {}

  private static final Map<String, Page> PAGES = Map.ofEntries(
      Map.entry(
          "migrate",
          page(
              List.of(
                  REFUSED,
                  "2 a migration failed or was stopped; those before it stay, unless --on-failure says otherwise",
                  "3 everything is applied, and a check afterwards found something",
                  "4 a rollback failed",
                  UNUSABLE),
              "migrate --environment development",
              "applies what is pending to the database of DATABASE_URL; without an environment it counts as production",
              "migrate --dry-run",
              "shows what would run, and changes nothing",
              "migrate --target 0012 --environment production --confirm-production",
              "goes up to one version, in production")),
      Map.entry(
          "plan",
          page(
              List.of(REFUSED, UNUSABLE),
              "plan",
              "shows what migrate would do",
              "plan --json",
              "the same for a program")),
      Map.entry(
          "dry-run",
          page(
              List.of(REFUSED, "2 a migration would fail", UNUSABLE),
              "dry-run --server postgresql://ada@scratch/postgres",
              "tries what is pending on a throw-away copy of the schema")),
      Map.entry(
          "status",
          page(
              List.of("1 the database cannot be reached or read", UNUSABLE),
              "status",
              "lists every migration with its state",
              "status --json",
              "the same for a program")),
      Map.entry(
          "history",
          page(
              List.of("1 the database cannot be reached or read", UNUSABLE),
              "history --limit 5",
              "the five latest entries",
              "history --version 0012",
              "what became of one migration")),
      Map.entry(
          "validate",
          page(
              List.of("1 scripts and database disagree, or the database cannot be read", UNUSABLE),
              "validate",
              "lists every disagreement with what to do")),
      Map.entry(
          "lint",
          page(
              List.of("1 a rule of level error is violated", UNUSABLE),
              "lint --location db/migration",
              "judges every script without a database")),
      Map.entry(
          "trace",
          page(
              List.of(REFUSED, "2 a migration fails on the copy", UNUSABLE),
              "trace --server postgresql://ada@scratch/postgres",
              "shows the locks, rewrites and scans of what is pending")),
      Map.entry(
          "preflight",
          page(
              List.of("1 a check failed, or the database cannot be reached", UNUSABLE),
              "preflight",
              "asks whether this is a good moment to migrate")),
      Map.entry(
          "postflight",
          page(
              List.of(
                  "1 the database cannot be reached or read",
                  "3 a check found something",
                  UNUSABLE),
              "postflight",
              "looks at what the last run left")),
      Map.entry(
          "backup",
          page(
              List.of("1 the backup could not be made", UNUSABLE),
              "backup",
              "writes a backup under backups/migrations")),
      Map.entry(
          "restore",
          page(
              List.of("1 the backup could not be restored", UNUSABLE),
              "restore --help",
              "lists where a backup may go")),
      Map.entry(
          "rollback",
          page(
              List.of(
                  REFUSED,
                  "2 it was stopped, or the connection was lost",
                  "4 a down script failed or is missing, or did not bring the schema back",
                  UNUSABLE),
              "rollback --dry-run",
              "shows what would be undone",
              "rollback",
              "undoes the latest migration",
              "rollback --target 0010",
              "undoes what was applied after a version, which stays")),
      Map.entry(
          "baseline",
          page(
              List.of(REFUSED, UNUSABLE),
              "baseline --version 0010",
              "a database that existed before is at this version")),
      Map.entry(
          "repair",
          page(
              List.of(REFUSED, "2 a script that is applied again fails", UNUSABLE),
              "repair",
              "accepts edited scripts, forgets attempts that stopped half-way",
              "repair --version 0012 --statement done",
              "says of one statement that it has happened")),
      Map.entry(
          "verify",
          page(
              List.of(
                  "1 no throw-away database can be had",
                  "2 a migration fails",
                  "4 a rollback fails or does not restore what was there",
                  UNUSABLE),
              "verify --server postgresql://ada@scratch/postgres",
              "tries every migration up, down and up again",
              "verify --server postgresql://localhost/postgres --report-html report.html",
              "on a server of one's own, with a page to read")),
      Map.entry(
          "changelog",
          page(
              List.of(UNUSABLE),
              "changelog > CHANGES.md",
              "writes the change log from the scripts' headers")),
      Map.entry(
          "snapshot",
          page(
              List.of("1 the database cannot be read, or the file is out of date", UNUSABLE),
              "snapshot > db/schema.json",
              "writes a snapshot that can be committed",
              "snapshot --check db/schema.json",
              "tells whether it is up to date")),
      Map.entry(
          "drift",
          page(
              List.of("1 the schema is another one, or the database cannot be read", UNUSABLE),
              "drift",
              "compares with what the last run left",
              "drift --against schema.sql --server postgresql://ada@scratch/postgres",
              "compares with a script that describes the desired schema")),
      Map.entry(
          "diff",
          page(
              List.of("1 the two differ, or one of them cannot be read", UNUSABLE),
              "diff --with postgresql://ada@staging/shop",
              "compares with another database")),
      Map.entry(
          "index",
          page(
              List.of(UNUSABLE),
              "index target/classes/db/migration",
              "writes the index before the build packages the folder")),
      Map.entry(
          "new",
          page(
              List.of(
                  "1 no throw-away database can be had",
                  "2 the migrations or the desired schema do not run",
                  UNUSABLE),
              "new \"add email\"",
              "begins the next migration and its down script",
              "new \"add email\" --from schema.sql --server postgresql://ada@scratch/postgres",
              "drafts both from the desired schema")),
      Map.entry(
          "statements",
          page(
              List.of(UNUSABLE),
              "statements db/migration/0012_orders.sql",
              "shows how a script is read")),
      Map.entry(
          "completion",
          page(
              List.of(UNUSABLE),
              "completion bash > /etc/bash_completion.d/migrator",
              "lets every shell complete verbs and options")));

  /** The page of a verb; empty for one that has none yet. */
  static Page of(Verb verb) {
    return PAGES.getOrDefault(verb.name(), new Page(List.of(), List.of(SUCCESS, UNUSABLE)));
  }

  /** The page as lines of the help. */
  static String[] footer(Verb verb) {
    Page page = of(verb);
    String examples = page.examples().stream()
        .map(example -> "%n  migrator " + example.line() + "%n      " + example.says())
        .collect(Collectors.joining());
    return new String[] {
      (examples.isEmpty() ? "" : "%nExamples:" + examples + "%n") + "%nExit codes:",
      "  " + String.join("%n  ", page.exitCodes())
    };
  }

  private static Page page(List<String> failures, String... examples) {
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < examples.length; i += 2) {
      all.add(new Example(examples[i], examples[i + 1]));
    }
    List<String> exitCodes = new ArrayList<>(List.of(SUCCESS));
    exitCodes.addAll(failures);
    return new Page(List.copyOf(all), List.copyOf(exitCodes));
  }
}
