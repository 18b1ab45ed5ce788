package dev.migrator.internal.schema;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a catalog query for one server. A family's text is completed by what many of them need:
 *
 * <ul>
 *   <li>the common tables {@code space} (the schemas that count), {@code member} (what belongs to an extension), {@code
 *       relation}, {@code type} and {@code routine} (those that count, with their names); a query that refers to one binds
 *       the oids of the schemas as its one parameter;
 *   <li><code>%{lines x}</code>: the elements of an array, ordered, a line each;
 *   <li><code>%{ordered x}</code>: the same in the order of the array;
 *   <li><code>%{options x}</code>: the same for options of foreign objects, without values that look like secrets;
 *   <li><code>%{harmless x}</code>: the same, but only those of a user mapping that can hold no secret;
 *   <li><code>%{definition x}</code>: the definition of an index {@code i} without its storage parameters;
 *   <li><code>%{entries}</code>: the entries of operator classes and families, by owner;
 *   <li><code>%{privileges x}</code>: who has which privileges by an access control list of an object {@code o};
 *   <li>lines that begin with {@code /*>=18*}{@code /} or {@code /*<18*}{@code /}: for these major versions only.
 * </ul>
 */
final class CatalogSql {

  /** The common tables, each before those that refer to it. */
  private static final String SPACE = """
      space AS (
        SELECT n.oid, pg_catalog.quote_ident(n.nspname) || '.' AS prefix
          FROM pg_catalog.pg_namespace n
         WHERE n.oid = ANY ($1::oid[]))""";

  private static final String MEMBER = """
      member AS (
        SELECT d.classid, d.objid
          FROM pg_catalog.pg_depend d
         WHERE d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e')""";

  private static final String RELATION = """
      relation AS (
        SELECT c.*, s.prefix || pg_catalog.quote_ident(c.relname) AS name
          FROM pg_catalog.pg_class c
          JOIN space s ON s.oid = c.relnamespace
         WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_class'::regclass AND m.objid = c.oid)
           AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = c.reltype))""";

  private static final String TYPE = """
      type AS (
        SELECT t.*, s.prefix || pg_catalog.quote_ident(t.typname) AS name
          FROM pg_catalog.pg_type t
          JOIN space s ON s.oid = t.typnamespace
          LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
          LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
         WHERE (t.typrelid = 0 OR c.relkind = 'c') AND e.oid IS NULL
           AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid))""";

  private static final String ROUTINE = """
      routine AS (
        SELECT p.*, s.prefix || pg_catalog.quote_ident(p.proname) || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')' AS name
          FROM pg_catalog.pg_proc p
          JOIN space s ON s.oid = p.pronamespace
         WHERE NOT EXISTS (SELECT
                             FROM pg_catalog.pg_depend m
                            WHERE m.classid = 'pg_catalog.pg_proc'::regclass AND m.objid = p.oid AND m.deptype IN ('e', 'i')))""";

  private static final Map<String, String> COMMON = common();

  private static final Pattern REFERENCE =
      Pattern.compile("(?:FROM|JOIN) (space|member|relation|type|routine)\\b");

  private static final Map<Key, String> KNOWN = new ConcurrentHashMap<>();

  private record Key(String family, int serverMajor) {}

  /** An element may hold the character that separates them, so that two would look like others: it is escaped. */
  private static final String ELEMENT =
      "pg_catalog.replace(pg_catalog.replace(o, pg_catalog.chr(92), pg_catalog.chr(92) || pg_catalog.chr(92)),"
          + " pg_catalog.chr(10), pg_catalog.chr(92) || 'n')";

  private static final String LINES =
      "CASE WHEN $1 IS NOT NULL THEN (SELECT pg_catalog.string_agg(" + ELEMENT
          + ", pg_catalog.chr(10) ORDER BY o COLLATE \"C\") FROM pg_catalog.unnest($1) AS o) END";

  private static final String ORDERED =
      "CASE WHEN $1 IS NOT NULL THEN (SELECT pg_catalog.string_agg(" + ELEMENT
          + ", pg_catalog.chr(10) ORDER BY place) FROM pg_catalog.unnest($1) WITH ORDINALITY AS u (o, place)) END";

  private static final String SECRET =
      "'passw(?!ord_required$)|passphrase|pwd|secret|token|credential|(api|access|account|private|sa|sas|shared|master)_?key'";

  /** What stands before the host of an address may be a password. */
  private static final String OPTIONS =
      "CASE WHEN $1 IS NOT NULL THEN (SELECT pg_catalog.string_agg(CASE WHEN pg_catalog.split_part(o, '=', 1) ~* "
          + SECRET
          + " THEN pg_catalog.split_part(o, '=', 1) || ' (not shown)' ELSE pg_catalog.regexp_replace("
          + ELEMENT
          + ", '://[^/@]*@', '://(not shown)@', 'g') END, pg_catalog.chr(10) ORDER BY o COLLATE \"C\")"
          + " FROM pg_catalog.unnest($1) AS o) END";

  /** Those that are known to hold no secret: wrappers name theirs as they like. */
  private static final String HARMLESS =
      "(SELECT pg_catalog.string_agg(" + ELEMENT + ", pg_catalog.chr(10) ORDER BY o COLLATE \"C\")"
          + " FROM pg_catalog.unnest($1) AS o WHERE pg_catalog.split_part(o, '=', 1) IN ('user', 'password_required'))";

  /** The server writes them so in every definition; which rows a query finds does not depend on them. */
  private static final String DEFINITION =
      "CASE WHEN i.reloptions IS NULL THEN $1 ELSE pg_catalog.replace($1, ' WITH (' ||"
          + " (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(q.key) || '=' || CASE WHEN pg_catalog.quote_ident(q.value) = q.value"
          + " THEN q.value ELSE pg_catalog.quote_literal(q.value) END, ', ' ORDER BY q.place)"
          + " FROM (SELECT pg_catalog.split_part(o, '=', 1) AS key, pg_catalog.substr(o, pg_catalog.strpos(o, '=') + 1) AS value, place"
          + " FROM pg_catalog.unnest(i.reloptions) WITH ORDINALITY AS u (o, place)) q) || ')', '') END";

  /** What the operator classes and families hold, and who owns each entry: one of the two. */
  private static final String ENTRIES = """
      SELECT e.classid, e.objid, pg_catalog.string_agg(e.line, pg_catalog.chr(10) ORDER BY e.line COLLATE "C") AS lines
        FROM (SELECT coalesce(d.refclassid, 'pg_catalog.pg_opfamily'::regclass) AS classid,
                     coalesce(d.refobjid, o.amopfamily) AS objid,
                     'operator ' || o.amopstrategy || ': ' || o.amopopr::regoperator
                     || CASE WHEN o.amopsortfamily <> 0 THEN ' for order by ' || coalesce(q.opfname, '') ELSE '' END AS line
                FROM pg_catalog.pg_amop o
                LEFT JOIN pg_catalog.pg_opfamily q ON q.oid = o.amopsortfamily
                LEFT JOIN pg_catalog.pg_depend d
                  ON d.classid = 'pg_catalog.pg_amop'::regclass AND d.objid = o.oid
                 AND d.refclassid = 'pg_catalog.pg_opclass'::regclass
               WHERE o.oid >= 16384
               UNION ALL
              SELECT coalesce(d.refclassid, 'pg_catalog.pg_opfamily'::regclass), coalesce(d.refobjid, o.amprocfamily),
                     'function ' || o.amprocnum || ' (' || pg_catalog.format_type(o.amproclefttype, NULL) || ', '
                     || pg_catalog.format_type(o.amprocrighttype, NULL) || '): ' || o.amproc::regprocedure
                FROM pg_catalog.pg_amproc o
                LEFT JOIN pg_catalog.pg_depend d
                  ON d.classid = 'pg_catalog.pg_amproc'::regclass AND d.objid = o.oid
                 AND d.refclassid = 'pg_catalog.pg_opclass'::regclass
               WHERE o.oid >= 16384) e
       GROUP BY e.classid, e.objid
      """;

  private static final String PRIVILEGES = """
      SELECT CASE e.grantee WHEN 0 THEN 'public' ELSE e.grantee::regrole::text END
             || CASE WHEN e.grantor <> o.owner THEN ' by ' || e.grantor::regrole ELSE '' END AS who,
             pg_catalog.string_agg(e.privilege_type || CASE WHEN e.is_grantable THEN ' with grant option' ELSE '' END,
                                   ', ' ORDER BY e.privilege_type COLLATE "C") AS what
        FROM pg_catalog.aclexplode($1) e
       GROUP BY e.grantee, e.grantor
      """;

  private static final Pattern FRAGMENT = Pattern.compile(
      "%\\{(lines|ordered|options|harmless|definition|entries|privileges) ?([^{}]*)}");

  private static final Pattern VERSIONED = Pattern.compile("(?m)^/\\*(>=|<)(\\d+)\\*/(.*\\R)");

  private CatalogSql() {}

  private static Map<String, String> common() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("space", SPACE);
    tables.put("member", MEMBER);
    tables.put("relation", RELATION);
    tables.put("type", TYPE);
    tables.put("routine", ROUTINE);
    return Collections.unmodifiableMap(tables);
  }

  /** A family's query for a major version; the common tables that it needs stand in front. */
  static String of(String family, int serverMajor) {
    return KNOWN.computeIfAbsent(new Key(family, serverMajor), CatalogSql::complete);
  }

  private static String complete(Key key) {
    String sql = FRAGMENT
        .matcher(key.family())
        .replaceAll(
            match -> Matcher.quoteReplacement(text(match.group(1)).replace("$1", match.group(2))));
    return with(sql) + forVersion(sql, key.serverMajor());
  }

  /** To parse what is not needed takes the server time too. */
  private static String with(String sql) {
    Set<String> needed = new HashSet<>();
    need(sql, needed);
    String tables = COMMON.keySet().stream()
        .filter(needed::contains)
        .map(COMMON::get)
        .collect(Collectors.joining(",\n"));
    return tables.isEmpty() ? "" : "WITH " + tables + "\n";
  }

  private static void need(String sql, Set<String> needed) {
    Matcher reference = REFERENCE.matcher(sql);
    while (reference.find()) {
      if (needed.add(reference.group(1))) {
        need(COMMON.getOrDefault(reference.group(1), ""), needed);
      }
    }
  }

  private static String text(String fragment) {
    return switch (fragment) {
      case "lines" -> LINES;
      case "ordered" -> ORDERED;
      case "options" -> OPTIONS;
      case "harmless" -> HARMLESS;
      case "entries" -> ENTRIES;
      case "privileges" -> PRIVILEGES;
      default -> DEFINITION;
    };
  }

  private static String forVersion(String sql, int serverMajor) {
    return VERSIONED.matcher(sql).replaceAll(match -> {
      int version = Integer.parseInt(match.group(2));
      boolean meant = match.group(1).equals("<") ? serverMajor < version : serverMajor >= version;
      return meant ? Matcher.quoteReplacement(match.group(3)) : "";
    });
  }
}
