package dev.migrator.internal.plan;

import dev.migrator.internal.sql.Directives;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.JavaMigration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a step runs. */
public sealed interface Work {

  /** The statements of a script; none of code. */
  List<Statement> statements();

  /** Whether it runs in one transaction. */
  boolean isTransactional();

  /** Why it runs without a transaction; empty for a transactional one. */
  String nonTransactionalReason();

  /** What its comments ask of the engine; nothing of code. */
  Directives directives();

  /**
   * Whether a statement runs by itself, in no transaction of ours, where the step runs without one: because PostgreSQL
   * refuses it in one, or because the author has asked for none and it may end its transaction itself.
   */
  boolean standsAlone(Statement statement);

  /** Whether, where the step runs without a transaction, each statement has one of its own: its author asked for that. */
  boolean hasStatementTransactions();

  /** The number of the script's own transaction that a statement is in; 0 when it is in none. */
  int transactionOf(Statement statement);

  /** The names of the settings that it is known to set. */
  Set<String> settings();

  /** Whether it may leave something behind in the session. */
  boolean touchesSession();

  /**
   * A script.
   *
   * @param parsed the statements that run
   * @param passedOver those that do not, because they are about the engine's own objects
   */
  record Sql(ParsedScript parsed, List<Statement> passedOver) implements Work {

    /** Keeps a copy. */
    public Sql {
      passedOver = List.copyOf(passedOver);
    }

    static Sql of(ParsedScript all, List<Statement> passedOver) {
      return passedOver.isEmpty()
          ? new Sql(all, passedOver)
          : new Sql(
              all.keeping(all.statements().stream()
                  .filter(statement -> !passedOver.contains(statement))
                  .toList()),
              passedOver);
    }

    @Override
    public List<Statement> statements() {
      return parsed.statements();
    }

    @Override
    public boolean isTransactional() {
      return parsed.isTransactional();
    }

    @Override
    public String nonTransactionalReason() {
      ParsedScript.Reason reason = parsed.withoutTransaction();
      return reason == null ? "" : reason.words();
    }

    @Override
    public Directives directives() {
      return parsed.directives();
    }

    @Override
    public int transactionOf(Statement statement) {
      return parsed.transactionOf(statement);
    }

    @Override
    public boolean standsAlone(Statement statement) {
      return !statement.runsInTransaction()
          || hasStatementTransactions() && statement.mayEndTransaction();
    }

    @Override
    public boolean hasStatementTransactions() {
      ParsedScript.Reason reason = parsed.withoutTransaction();
      return reason != null && reason.asked();
    }

    @Override
    public Set<String> settings() {
      Set<String> names = new TreeSet<>(parsed.settings());
      if (parsed.directives().lockTimeout() != null) {
        names.add("lock_timeout");
      }
      if (parsed.directives().statementTimeout() != null) {
        names.add("statement_timeout");
      }
      return names;
    }

    @Override
    public boolean touchesSession() {
      return parsed.touchesSession();
    }
  }

  /**
   * Code of the application.
   *
   * @param java the code
   * @param isTransactional whether it runs in one transaction
   */
  record Code(JavaMigration java, boolean isTransactional) implements Work {

    @Override
    public List<Statement> statements() {
      return List.of();
    }

    @Override
    public String nonTransactionalReason() {
      return isTransactional ? "" : "its class " + java.getClass().getName() + " says so";
    }

    @Override
    public Directives directives() {
      return Directives.NONE;
    }

    @Override
    public int transactionOf(Statement statement) {
      return 0;
    }

    @Override
    public boolean standsAlone(Statement statement) {
      return false;
    }

    @Override
    public boolean hasStatementTransactions() {
      return false;
    }

    @Override
    public Set<String> settings() {
      return Set.of();
    }

    @Override
    public boolean touchesSession() {
      return true;
    }
  }
}
