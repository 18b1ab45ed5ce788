package dev.migrator.internal.inspect;

import dev.migrator.internal.inspect.Refusals.Problem;
import dev.migrator.migration.FailureCode;
import dev.migrator.report.CheckReport.Phase;
import dev.migrator.report.CheckResult.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The questions about the server and the role: who is connected to what, and may it write there. */
final class ServerChecks {

  private static final Set<Phase> BEFORE = EnumSet.of(Phase.PREFLIGHT);

  private static final String CONNECTION_SQL = """
      SELECT current_user, session_user, pg_catalog.current_database(), pg_catalog.current_setting('server_version'),
             pg_catalog.host(pg_catalog.inet_server_addr()), pg_catalog.inet_server_port()
      """;

  static final Check CONNECTION = new Check(
      "connection",
      BEFORE,
      "Does the server answer, and who is connected?",
      "",
      "",
      "",
      CONNECTION_SQL,
      inquiry -> connection(inquiry.rows(CONNECTION_SQL).get(0)));

  private static final String VERSION_SQL =
      "SELECT pg_catalog.current_setting('server_version_num'), pg_catalog.current_setting('server_version')";

  static final Check VERSION = new Check(
      "server-version",
      BEFORE,
      "Is the server's version supported?",
      "it is older than PostgreSQL " + Refusals.OLDEST_VERSION,
      "it is newer than PostgreSQL " + Refusals.NEWEST_VERSION
          + ", the newest that Migrator was tested on",
      "upgrade the server, or Migrator.",
      VERSION_SQL,
      inquiry -> version(inquiry.rows(VERSION_SQL).get(0)));

  static final Check WRITABLE = new Check(
      "writable",
      BEFORE,
      "Can the database be written to?",
      "the server is a standby, or transactions begin read-only",
      "",
      "connect to the primary, or undo what makes transactions read-only.",
      ServerFacts.ASK,
      inquiry ->
          problems(inquiry, EnumSet.of(FailureCode.NOT_WRITABLE), "the server takes writes"));

  static final Check PRIVILEGES = new Check(
      "privileges",
      BEFORE,
      "Has the role the privileges that the tracking tables need?",
      "a privilege, the schema or a free name is missing",
      "",
      "grant what is missing.",
      ServerFacts.ASK,
      inquiry -> problems(
          inquiry,
          EnumSet.complementOf(EnumSet.of(FailureCode.NOT_WRITABLE, FailureCode.SERVER_TOO_OLD)),
          "nothing is missing"));

  private ServerChecks() {}

  static Answer connection(KeptRow row) {
    String role = row.text(1);
    String login = row.text(2);
    String address = row.textOrNull(5);
    return Answer.passed("role " + role
        + (role.equals(login) ? "" : " (logged in as " + login + ")")
        + " in database " + row.text(3) + ", PostgreSQL " + row.text(4)
        + (address == null ? "" : " at " + address + ":" + row.textOrNull(6)));
  }

  static Answer version(KeptRow row) {
    long major = row.number(1) / 10_000;
    String words = "PostgreSQL " + row.text(2);
    if (major < Refusals.OLDEST_VERSION) {
      return Answer.failed(words, List.of());
    }
    return major > Refusals.NEWEST_VERSION ? Answer.warned(words, List.of()) : Answer.passed(words);
  }

  private static Answer problems(Inquiry inquiry, Set<FailureCode> codes, String none) {
    Needs needs = inquiry.circumstances().needs();
    ServerFacts facts =
        ServerFacts.of(inquiry.rows(ServerFacts.ASK, ServerFacts.parameters(needs)));
    List<Problem> problems = Refusals.problems(facts, needs.absent()).stream()
        .filter(problem -> codes.contains(problem.code()))
        .toList();
    if (problems.isEmpty()) {
      return Answer.passed(none);
    }
    List<String> words = problems.stream().map(Problem::words).toList();
    return new Answer(
        Outcome.FAILED,
        problems.size() == 1 ? words.get(0) : Wording.count(problems.size(), "obstacle"),
        problems.size() == 1 ? List.of() : words,
        problems.stream().map(Problem::remedy).distinct().collect(Collectors.joining("\n")));
  }
}
