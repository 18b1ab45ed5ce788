package dev.migrator.internal.inspect;

import dev.migrator.config.CheckQuery;
import dev.migrator.config.ExpectedColumn;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.internal.text.Redaction;
import dev.migrator.report.CheckReport.Phase;
import dev.migrator.report.CheckResult.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The questions whether what somebody expects is so. */
final class ExpectationChecks {

  private static final Set<Phase> AFTER = EnumSet.of(Phase.POSTFLIGHT);

  /** How many rows of a query are counted, and how many of them are shown where somebody asked for that. */
  private static final int COUNTED = 1_000;

  private static final int SHOWN = 3;

  private static final int LONGEST_ROW = 200;

  private static final String CLEAN_SQL = """
      SELECT m.version, m.name, m.status, m.transactional, m.error_message
        FROM %{migrations} m
       WHERE m.status IN ('running', 'failed')
       ORDER BY m.version
      """;

  static final Check CLEAN = new Check(
      "clean-migrations",
      AFTER,
      "Is every migration either applied or not begun?",
      "one runs still, or stopped half-way",
      "one failed in its transaction: it left nothing behind, and the next run tries it again",
      "'migrator status' tells about each; run again, or settle it with 'migrator repair'.",
      CLEAN_SQL,
      ExpectationChecks::clean);

  private static final String EXPECTED_SQL = """
      SELECT wanted.place, c.oid IS NOT NULL
        FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]))
             WITH ORDINALITY AS wanted (schema, name, attribute, place)
        LEFT JOIN LATERAL (
             SELECT r.oid
               FROM pg_catalog.pg_class r
               JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
              WHERE r.relname = wanted.name AND r.relkind IN ('r', 'p', 'v', 'm', 'f')
                AND (n.nspname = wanted.schema
                     OR wanted.schema = '' AND n.nspname = ANY (pg_catalog.current_schemas(false)))
                AND (wanted.attribute = ''
                     OR EXISTS (SELECT
                                  FROM pg_catalog.pg_attribute a
                                 WHERE a.attrelid = r.oid AND a.attname = wanted.attribute AND a.attnum > 0
                                   AND NOT a.attisdropped))
              LIMIT 1) c ON true
       ORDER BY wanted.place
      """;

  static final Check EXPECTED = new Check(
      "expected-columns",
      AFTER,
      "Are the tables and columns there that were named as expected?",
      "one is missing",
      "",
      "find out which migration should have made it, or correct what is expected (--expect, expected(..)).",
      EXPECTED_SQL,
      inquiry -> {
        List<ExpectedColumn> expected = inquiry.circumstances().postflight().expected();
        return there(inquiry, expected, expected);
      });

  static final Check KEPT = new Check(
      "kept-columns",
      AFTER,
      "Are the tables and columns still there that the run did not touch?",
      "",
      "one of the last snapshot is missing, although no migration names its table",
      "somebody or something else removed it: compare with migrator drift, and bring it back.",
      EXPECTED_SQL,
      inquiry -> {
        Collection<String> kept = inquiry.circumstances().keptInOrder();
        return kept.isEmpty()
            ? Answer.notAsked(
                "there is no snapshot of what was there before, or what the scripts remove cannot be told",
                "let runs record the schema (--schema-recording runs, --keep-snapshots).")
            : warning(there(inquiry, kept, kept.stream().map(ExpectedColumn::of).toList()));
      });

  static final Check QUERIES = new Check(
      "check-queries",
      AFTER,
      "Do the configured queries return no row?",
      "one returned a row, failed, or took longer than it may",
      "",
      "run the query by hand and look at the rows.",
      "",
      ExpectationChecks::queries);

  private ExpectationChecks() {}

  private static Answer clean(Inquiry inquiry) {
    String table = inquiry.circumstances().trackingTable();
    if (table == null) {
      return Answer.notAsked("there is no tracking table yet", "migrate first.");
    }
    List<KeptRow> rows = inquiry.rows(CLEAN_SQL.replace("%{migrations}", table));
    if (rows.isEmpty()) {
      return Answer.passed("every one is");
    }
    boolean nothingLeft =
        rows.stream().allMatch(row -> row.text(3).equals("failed") && row.flag(4));
    return new Answer(
        nothingLeft ? Outcome.WARNED : Outcome.FAILED,
        Wording.count(rows.size(), "migration") + " not clean",
        rows.stream()
            .map(row -> row.text(1) + " " + row.textOrNull(2) + ": "
                + (row.text(3).equals("failed") && !row.flag(4) ? "stopped half-way" : row.text(3))
                + (row.textOrNull(5) == null
                    ? ""
                    : ": " + Wording.line(Redaction.redact(row.text(5)))))
            .toList(),
        null);
  }

  private static Answer there(Inquiry inquiry, Collection<?> names, List<ExpectedColumn> expected) {
    if (expected.isEmpty()) {
      return Answer.passed("nothing was named");
    }
    List<String> schemas = new ArrayList<>();
    List<String> tables = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    expected.forEach(each -> {
      String schema = each.schema();
      String column = each.column();
      schemas.add(schema == null ? "" : schema);
      tables.add(each.table());
      columns.add(column == null ? "" : column);
    });
    List<String> words = names.stream().map(String::valueOf).toList();
    List<String> missing = inquiry
        .rowsAsScripts(
            List.of(),
            Command.of(
                EXPECTED_SQL,
                Identifiers.array(schemas),
                Identifiers.array(tables),
                Identifiers.array(columns)))
        .stream()
        .filter(row -> !row.flag(2))
        .map(row -> words.get((int) row.number(1) - 1))
        .toList();
    return missing.isEmpty()
        ? Answer.passed(expected.size() == 1 ? "it is" : "all " + expected.size() + " are")
        : Answer.failed(missing.size() + " of " + expected.size() + " missing", missing);
  }

  private static Answer warning(Answer answer) {
    return answer.outcome() == Outcome.FAILED
        ? Answer.warned(answer.words(), answer.findings())
        : answer;
  }

  private static Answer queries(Inquiry inquiry) {
    List<CheckQuery> queries = inquiry.circumstances().postflight().queries();
    if (queries.isEmpty()) {
      return Answer.passed("none is configured");
    }
    List<String> findings = new ArrayList<>();
    for (CheckQuery query : queries) {
      findings.addAll(ask(inquiry, query));
    }
    String all = queries.size() == 1 ? "1 query" : queries.size() + " queries";
    return findings.isEmpty()
        ? Answer.passed(all + " without a row")
        : Answer.failed("not all of " + all + " came back empty", findings);
  }

  /** Through a cursor, so that a table of millions is not fetched. */
  private static List<String> ask(Inquiry inquiry, CheckQuery query) {
    List<KeptRow> rows;
    try {
      rows = inquiry.rowsAsScripts(
          List.of(Command.of(
              "DECLARE migrator_check NO SCROLL CURSOR WITHOUT HOLD FOR " + query.sql())),
          Command.of("FETCH " + (COUNTED + 1) + " FROM migrator_check"));
    } catch (CommandFailedException e) {
      if (e.error().isConnectionLoss()) {
        throw e;
      }
      return List.of(query.name() + ": "
          + Examination.refused(e.error(), inquiry.timeout()).words());
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(query.name() + ": "
        + (rows.size() > COUNTED
            ? "more than " + Wording.count(COUNTED, "row")
            : Wording.count(rows.size(), "row")));
    if (inquiry.circumstances().postflight().showRows()) {
      rows.stream().limit(SHOWN).map(ExpectationChecks::shown).forEach(lines::add);
    }
    return lines;
  }

  private static String shown(KeptRow row) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < row.values().size(); i++) {
      pairs.add(row.labels().get(i) + " = " + row.values().get(i));
    }
    String line = Wording.line(Redaction.redact(pairs.stream().collect(Collectors.joining(", "))));
    return line.codePointCount(0, line.length()) <= LONGEST_ROW
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_ROW)) + " ...";
  }
}
