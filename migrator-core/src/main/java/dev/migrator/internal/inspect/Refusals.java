package dev.migrator.internal.inspect;

import dev.migrator.internal.inspect.ServerFacts.Relation;
import dev.migrator.internal.inspect.ServerFacts.SchemaAccess;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server would refuse half-way, found before any lock or write: a standby, read-only transactions, a version that is
 * too old, missing privileges, names that are taken. What scripts need beyond the tracking tables is theirs to have.
 */
public final class Refusals {

  static final int OLDEST_VERSION = 14;
  static final int NEWEST_VERSION = 18;

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /**
   * One thing that stands in the way.
   *
   * @param code what it is
   * @param words what is wrong, in a sentence without its full stop
   * @param remedy what to do about it
   */
  record Problem(FailureCode code, String words, String remedy) {}

  private Refusals() {}

  /**
   * Refuses an operation that would fail.
   *
   * @throws MigrationException with everything that stands in the way: {@code NOT_WRITABLE} on a standby and where
   *     transactions are read-only, {@code SERVER_TOO_OLD}, {@code FOREIGN_TABLE}, {@code PRIVILEGES_MISSING}, {@code
   *     TRACKING_TABLE_UNUSABLE} when their schema is absent; the first of these that applies
   */
  public static void check(Session session, Needs needs) {
    ServerFacts facts;
    try {
      facts = ServerFacts.ask(session, needs);
    } catch (CommandFailedException e) {
      throw Session.unanswered("asking what the role may do", e);
    }
    List<Problem> problems = problems(facts, needs.absent());
    if (!problems.isEmpty()) {
      throw refusal(problems);
    }
    if (facts.versionNumber() / 10_000 > NEWEST_VERSION) {
      LOG.info(
          "PostgreSQL {} is newer than {}, the newest that Migrator was tested on",
          facts.version(),
          NEWEST_VERSION);
    }
  }

  /**
   * The better explanation of a look that failed: when a privilege was missing, everything that is missing.
   *
   * @param failure what the look came to
   * @return the failure, or in its place the refusal with the failure as suppressed
   */
  public static MigrationException explain(
      Session session, Needs needs, MigrationException failure) {
    if (failure.sqlState().filter(INSUFFICIENT_PRIVILEGE::equals).isEmpty()) {
      return failure;
    }
    try {
      check(session, needs);
      return failure;
    } catch (MigrationException refusal) {
      refusal.addSuppressed(failure);
      return refusal;
    }
  }

  /** Everything that stands in the way. */
  static List<Problem> problems(ServerFacts facts, Needs.Absent absent) {
    List<Problem> problems = new ArrayList<>();
    if (facts.standby()) {
      problems.add(
          new Problem(
              FailureCode.NOT_WRITABLE,
              "the server is a standby, which only replays its primary's changes",
              "connect to the primary; with several hosts in the URL, targetServerType=primary finds it."));
    } else if (facts.readOnly()) {
      problems.add(new Problem(
          FailureCode.NOT_WRITABLE,
          "default_transaction_read_only is on (set by: " + facts.readOnlySource()
              + "), so nothing can be written",
          writable(facts)));
    }
    if (facts.versionNumber() / 10_000 < OLDEST_VERSION) {
      problems.add(new Problem(
          FailureCode.SERVER_TOO_OLD,
          "the server is PostgreSQL " + facts.version() + ", and " + OLDEST_VERSION
              + " is the oldest that Migrator supports",
          "upgrade the server to PostgreSQL " + OLDEST_VERSION + " or later."));
    }
    String schema = facts.schema();
    if (schema == null) {
      return problems;
    }
    if (facts.tracked()) {
      addMissingPrivileges(problems, facts, schema);
    } else if (absent != Needs.Absent.LEFT) {
      addObstacles(problems, facts, schema, absent);
    }
    return problems;
  }

  private static String writable(ServerFacts facts) {
    String role = Identifiers.quote(facts.login());
    String database = Identifiers.quote(facts.database());
    String reset = " RESET default_transaction_read_only;";
    return switch (facts.readOnlySource()) {
      case "database user" -> "ALTER ROLE " + role + " IN DATABASE " + database + reset;
      case "user" -> "ALTER ROLE " + role + reset;
      case "database" -> "ALTER DATABASE " + database + reset;
      case "global" -> "ALTER ROLE ALL" + reset;
      case "client" -> "take default_transaction_read_only out of the connection's options.";
      case "session" ->
        "take default_transaction_read_only out of what the pool sets on its connections.";
      default ->
        "set default_transaction_read_only = off in the server's configuration, or connect where writing is allowed.";
    };
  }

  private static void addMissingPrivileges(
      List<Problem> problems, ServerFacts facts, String schema) {
    SchemaAccess access = facts.schemaAccess();
    if (access != null && !access.usage()) {
      problems.add(onSchema(facts, schema, List.of("USAGE"), access));
    }
    Map<String, List<Relation>> missing = facts.relations().stream()
        .filter(relation -> relation.exists() && !relation.granted())
        .collect(Collectors.groupingBy(Relation::name, LinkedHashMap::new, Collectors.toList()));
    missing.forEach((name, relations) -> {
      String privileges =
          relations.stream().map(Relation::privilege).collect(Collectors.joining(", "));
      problems.add(denied(
          facts,
          privileges + " on " + schema + "." + name,
          privileges + " ON " + Identifiers.quote(schema, name),
          relations.get(0).becomes()));
    });
  }

  private static void addObstacles(
      List<Problem> problems, ServerFacts facts, String schema, Needs.Absent absent) {
    SchemaAccess access = facts.schemaAccess();
    if (access == null) {
      if (absent == Needs.Absent.CREATED) {
        problems.add(new Problem(
            FailureCode.TRACKING_TABLE_UNUSABLE,
            "the schema " + schema + ", where the tracking tables should be, does not exist",
            "create the schema, or let createTrackingSchema(true) do it."));
      } else if (!facts.createInDatabase()) {
        problems.add(denied(
            facts,
            "CREATE on the database " + facts.database() + ", to create the schema " + schema,
            "CREATE ON DATABASE " + Identifiers.quote(facts.database()),
            null));
      }
      return;
    }
    List<String> missing = new ArrayList<>();
    if (!access.usage()) {
      missing.add("USAGE");
    }
    if (!access.create()) {
      missing.add("CREATE");
    }
    if (!missing.isEmpty()) {
      problems.add(onSchema(facts, schema, missing, access));
    }
    facts.relations().stream()
        .filter(Relation::exists)
        .map(Relation::name)
        .distinct()
        .forEach(name -> problems.add(new Problem(
            FailureCode.FOREIGN_TABLE,
            schema + "." + name + " belongs to somebody else, and Migrator would create one of that"
                + " name",
            "configure another name or schema for the tracking table; the existing object is never"
                + " altered.")));
  }

  private static Problem onSchema(
      ServerFacts facts, String schema, List<String> missing, SchemaAccess access) {
    String privileges = String.join(", ", missing);
    return denied(
        facts,
        privileges + " on the schema " + schema + " of the tracking tables",
        privileges + " ON SCHEMA " + Identifiers.quote(schema),
        access.becomes());
  }

  private static Problem denied(
      ServerFacts facts, String what, String grant, @Nullable String becomes) {
    return new Problem(
        FailureCode.PRIVILEGES_MISSING,
        "the role " + facts.role() + " lacks " + what,
        "GRANT " + grant + " TO " + Identifiers.quote(facts.role()) + ";"
            + (becomes == null
                ? ""
                : " -- or connect with SET ROLE " + Identifiers.quote(becomes)
                    + ", whose member it is"));
  }

  private static MigrationException refusal(List<Problem> problems) {
    FailureCode code = problems.stream()
        .map(Problem::code)
        .min(Comparator.comparing(Refusals::weight))
        .orElseThrow();
    boolean single = problems.size() == 1;
    return MigrationException.because(
            code,
            single
                ? problems.get(0).words() + "."
                : problems.size() + " things stand in the way of writing to this database:")
        .detail(
            single
                ? ""
                : problems.stream().map(p -> "- " + p.words()).collect(Collectors.joining("\n")))
        .sqlState(code == FailureCode.PRIVILEGES_MISSING ? INSUFFICIENT_PRIVILEGE : null)
        .done("nothing was changed.", List.of())
        .advice(problems.stream().map(Problem::remedy).distinct().collect(Collectors.joining("\n")))
        .build();
  }

  /** Where the server cannot be written to at all, no grant helps. */
  private static int weight(FailureCode code) {
    return switch (code) {
      case NOT_WRITABLE -> 0;
      case SERVER_TOO_OLD -> 1;
      case FOREIGN_TABLE -> 2;
      case PRIVILEGES_MISSING -> 3;
      default -> 4;
    };
  }
}
