package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ServerError;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the tracking tables: creates them, or takes over those of an in-house tool. */
final class Installation {

  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

  private Installation() {}

  static Located perform(
      Session session,
      Located located,
      boolean createSchema,
      List<Command> onTakeover,
      Consumer<List<Command>> transaction) {
    InHouse inHouse = located.inHouse();
    TrackingNames names = located.names();
    if (inHouse == null) {
      try {
        transaction.accept(creation(session, names, createSchema));
      } catch (CommandFailedException e) {
        throw failed(
            "the tracking tables could not be created in schema " + names.schema(),
            adviceFor(sqlState(e), names),
            e);
      }
    } else {
      try {
        transaction.accept(inHouse.takeOver(session, onTakeover));
      } catch (CommandFailedException e) {
        throw failed(
            names + " could not be taken over from an in-house tool",
            adviceOnTakeover(sqlState(e)),
            e);
      }
      LOG.info("Took over {}, which an in-house tool has kept so far", names);
      if (!inHouse.references().isEmpty()) {
        LOG.warn(
            "The foreign keys of its history to it were dropped, because that history stays when a migration is rolled"
                + " back: {}",
            String.join(", ", inHouse.references()));
      }
    }
    return new Located(located.database(), names, located.currentSchema(), true);
  }

  private static List<Command> creation(
      Session session, TrackingNames names, boolean createSchema) {
    List<Command> commands = new ArrayList<>();
    if (createSchema
        && session.query(TrackingTables.findSchema(names), row -> names).isEmpty()) {
      commands.add(TrackingTables.createSchema(names));
    }
    commands.addAll(TrackingTables.create(names));
    return commands;
  }

  private static MigrationException failed(
      String problem, String advice, CommandFailedException cause) {
    ServerError error = cause.error();
    if (error.isConnectionLoss()) {
      return Session.unanswered("writing the tracking tables", cause);
    }
    return MigrationException.because(
            FailureCode.TRACKING_TABLE_UNUSABLE,
            problem + ": " + error.message()
                + (error.detail() == null ? "" : " (" + error.detail() + ")"))
        .sqlState(error.sqlState())
        .done("nothing was changed.", List.of())
        .advice(advice)
        .cause(cause)
        .build();
  }

  private static String sqlState(CommandFailedException failure) {
    return String.valueOf(failure.error().sqlState());
  }

  /** By SQLSTATE (PostgreSQL manual, appendix A). */
  private static String adviceFor(String sqlState, TrackingNames names) {
    return switch (sqlState) {
      case "42501" ->
        "GRANT USAGE, CREATE ON SCHEMA " + Identifiers.quote(names.schema())
            + " to the role, or configure a schema that it owns.";
      case "25006" ->
        "the server, the database or the role is read-only; connect where writing is allowed.";
      case "42P07", "42723" ->
        "an object of that name belongs to somebody else; configure another name or schema for the tracking table.";
      case "3F000" -> "create the schema, or let createTrackingSchema(true) do it.";
      default -> "settle what the server says, then run again.";
    };
  }

  private static String adviceOnTakeover(String sqlState) {
    return switch (sqlState) {
      case "42501" ->
        "run once as the owner of the tables, the view and the function, or make this role their owner (ALTER TABLE ..."
            + " OWNER TO).";
      case "55P03" -> "somebody is using the table: end that transaction, or try again later.";
      case "0A000", "2BP01" ->
        "drop what depends on it, run again, and create it anew: the view and the function get Migrator's columns, and"
            + " columns with a length become text.";
      case "23502" -> "another tool is writing to the table: stop it, and run again.";
      default -> "settle what the server says, then run again.";
    };
  }
}
