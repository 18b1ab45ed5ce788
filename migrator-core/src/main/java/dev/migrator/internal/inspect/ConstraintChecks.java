package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.report.CheckReport.Phase;
import dev.migrator.report.CheckResult.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The questions about constraints that the server does not vouch for. */
final class ConstraintChecks {

  private static final Set<Phase> AFTER = EnumSet.of(Phase.POSTFLIGHT);

  /** How many orphans of a constraint are counted: nobody needs to know the number of millions. */
  private static final int COUNTED = 1_000;

  /** How much longer than one check all counting may take. */
  private static final int PATIENCE = 5;

  /** One that is not enforced (PostgreSQL 18) is meant to be so; the column is new, so it is asked by its name. */
  private static final String UNVALIDATED = """
      NOT k.convalidated AND k.conparentid = 0
         AND coalesce(pg_catalog.to_jsonb(k) ->> 'conenforced', 'true') = 'true'
      """;

  private static final String VALIDATE =
      "validate it, which does not stop writes: ALTER TABLE <table> VALIDATE CONSTRAINT <constraint>;";

  private static final String FOREIGN_KEYS_SQL = """
      SELECT k.conrelid::pg_catalog.regclass, pg_catalog.quote_ident(k.conname), k.confrelid::pg_catalog.regclass,
             (SELECT pg_catalog.count(*) FROM pg_catalog.pg_constraint a WHERE a.contype = 'f' AND a.conparentid = 0)
        FROM (SELECT 1) one
        LEFT JOIN pg_catalog.pg_constraint k ON k.contype = 'f' AND %{unvalidated}
       ORDER BY 1, 2
      """.replace("%{unvalidated}", UNVALIDATED.strip());

  static final Check FOREIGN_KEYS = new Check(
      "foreign-keys",
      AFTER,
      "Are all foreign keys validated?",
      "",
      "one is NOT VALID: rows that were there before it may refer to nothing",
      VALIDATE,
      FOREIGN_KEYS_SQL,
      inquiry -> foreignKeys(inquiry.rows(FOREIGN_KEYS_SQL)));

  /** Compared by the constraint's own operators, as the server does it; columns that are NULL refer to nothing. */
  private static final String ORPHANS_SQL = """
      SELECT k.conrelid::pg_catalog.regclass || ' ' || pg_catalog.quote_ident(k.conname),
             $1::oid[] IS NULL OR k.conrelid = ANY ($1::oid[]),
             'SELECT pg_catalog.count(*) FROM (SELECT FROM '
             || CASE WHEN c.relkind = 'r' THEN 'ONLY ' ELSE '' END || pg_catalog.quote_ident(n.nspname) || '.'
             || pg_catalog.quote_ident(c.relname) || ' f WHERE '
             || (SELECT pg_catalog.string_agg(pg_catalog.format('f.%I IS NOT NULL', a.attname), ' AND ')
                   FROM pg_catalog.unnest(k.conkey) AS u (attnum)
                   JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum)
             || ' AND NOT EXISTS (SELECT FROM ' || CASE WHEN r.relkind = 'r' THEN 'ONLY ' ELSE '' END
             || pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname) || ' r WHERE '
             || (SELECT pg_catalog.string_agg(
                          pg_catalog.format('r.%I OPERATOR(%I.%s) f.%I', ra.attname, pn.nspname, o.oprname, a.attname),
                          ' AND ')
                   FROM ROWS FROM (pg_catalog.unnest(k.conkey), pg_catalog.unnest(k.confkey), pg_catalog.unnest(k.conpfeqop))
                        AS u (attnum, refnum, operator)
                   JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum
                   JOIN pg_catalog.pg_attribute ra ON ra.attrelid = k.confrelid AND ra.attnum = u.refnum
                   JOIN pg_catalog.pg_operator o ON o.oid = u.operator
                   JOIN pg_catalog.pg_namespace pn ON pn.oid = o.oprnamespace)
             || ') LIMIT %{limit}) orphans',
             coalesce(pg_catalog.to_jsonb(k) ->> 'conperiod', 'false') = 'true'
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
        JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
       WHERE k.contype = 'f' AND %{unvalidated}
       ORDER BY 1
      """.replace("%{unvalidated}", UNVALIDATED.strip())
      .replace("%{limit}", Integer.toString(COUNTED + 1));

  static final Check ORPHANS = new Check(
      "orphans",
      AFTER,
      "Do rows of foreign keys that are not validated refer to nothing?",
      "such a row is in a table that the run touched",
      "such a row is in another table, or counting took too long",
      "correct or delete the rows, then validate the constraint.",
      ORPHANS_SQL,
      ConstraintChecks::orphans);

  /** A policy of row security would hide rows; the server refuses then, instead of counting too few. */
  private static final Command ALL_ROWS =
      Command.of("SELECT pg_catalog.set_config('row_security', 'off', true)");

  private static final String UNVALIDATED_SQL = """
      SELECT coalesce(nullif(k.conrelid, 0)::pg_catalog.regclass::text, k.contypid::pg_catalog.regtype::text),
             pg_catalog.quote_ident(k.conname), pg_catalog.pg_get_constraintdef(k.oid)
        FROM pg_catalog.pg_constraint k
       WHERE k.contype <> 'f' AND %{unvalidated}
       ORDER BY 1, 2
      """.replace("%{unvalidated}", UNVALIDATED.strip());

  static final Check UNVALIDATED_CONSTRAINTS = new Check(
      "unvalidated-constraints",
      AFTER,
      "Are all other constraints validated?",
      "",
      "one is NOT VALID: rows that were there before it may break it",
      VALIDATE,
      UNVALIDATED_SQL,
      inquiry -> unvalidated(inquiry.rows(UNVALIDATED_SQL)));

  private ConstraintChecks() {}

  private static Answer foreignKeys(List<KeptRow> rows) {
    List<String> findings = rows.stream()
        .filter(row -> row.textOrNull(1) != null)
        .map(row -> row.text(1) + " " + row.text(2) + ", to " + row.text(3))
        .toList();
    String all = Wording.count(rows.get(0).number(4), "foreign key");
    return findings.isEmpty()
        ? Answer.passed(all)
        : Answer.warned(findings.size() + " of " + all + " not validated", findings);
  }

  private static Answer unvalidated(List<KeptRow> rows) {
    return rows.isEmpty()
        ? Answer.passed("all are")
        : Answer.warned(
            Wording.count(rows.size(), "constraint") + " not validated",
            rows.stream()
                .map(row -> row.text(1) + " " + row.text(2) + ": " + Wording.line(row.text(3)))
                .toList());
  }

  private static Answer orphans(Inquiry inquiry) {
    List<KeptRow> keys = inquiry.rows(ORPHANS_SQL, inquiry.touched());
    if (keys.isEmpty()) {
      return Answer.passed("every foreign key is validated");
    }
    List<String> findings = new ArrayList<>();
    Outcome outcome = Outcome.PASSED;
    long until = System.nanoTime() + inquiry.timeout().toNanos() * PATIENCE;
    for (KeptRow key : keys) {
      if (key.flag(4)) {
        // Several rows may cover a period together: no comparison of two rows tells.
        findings.add(key.text(1) + ": not counted, it is about a PERIOD");
        outcome = worse(outcome, Outcome.WARNED);
        continue;
      }
      if (System.nanoTime() > until) {
        findings.add(key.text(1) + ": not counted, the counts before it took too long");
        outcome = worse(outcome, Outcome.WARNED);
        continue;
      }
      try {
        long count = inquiry
            .rowsAsScripts(List.of(ALL_ROWS), Command.of(key.text(3)))
            .get(0)
            .number(1);
        if (count > 0) {
          findings.add(key.text(1) + ": "
              + (count > COUNTED ? "more than " + COUNTED : Long.toString(count))
              + (count == 1 ? " row refers" : " rows refer") + " to nothing");
          outcome = worse(outcome, key.flag(2) ? Outcome.FAILED : Outcome.WARNED);
        }
      } catch (CommandFailedException e) {
        if (e.error().isConnectionLoss()) {
          throw e;
        }
        findings.add(key.text(1) + ": not counted, "
            + Examination.refused(e.error(), inquiry.timeout()).words());
        outcome = worse(outcome, Outcome.WARNED);
      }
    }
    String words = "in " + Wording.count(keys.size(), "foreign key") + " that "
        + (keys.size() == 1 ? "is" : "are") + " not validated, "
        + (findings.isEmpty()
            ? "every row refers to one"
            : "not every row is known to refer to one");
    return new Answer(outcome, words, findings, null);
  }

  private static Outcome worse(Outcome one, Outcome other) {
    return one == Outcome.FAILED ? one : other;
  }
}
