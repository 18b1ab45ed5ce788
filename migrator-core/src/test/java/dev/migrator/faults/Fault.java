package dev.migrator.faults;

import java.util.Locale;

/**
 * What happens to a connection, and when.
 *
 * @param kind what happens
 * @param moment whether the message that it happens at still arrives
 * @param direction whose messages are counted
 * @param message the number of the message in that direction, from 1; the first is the request for encryption
 */
record Fault(Kind kind, Moment moment, Direction direction, int message) {

  /** What both sides get to see. */
  enum Kind {
    /** Both sides see an orderly end. */
    CUT,
    /** Both sides see a reset. */
    RESET,
    /** Nothing arrives any more and nobody is told; after {@link FaultProxy#HOLD} both see the end. */
    STALL,
    /** The server sees the end, the client only after {@link FaultProxy#HOLD}. */
    SERVER_SEES_IT_FIRST,
    /** The client sees the end, the server only after {@link FaultProxy#HOLD}. */
    CLIENT_SEES_IT_FIRST
  }

  /** Whether the message is the first that is lost, or the last that arrives. */
  enum Moment {
    BEFORE,
    AFTER
  }

  boolean strikes(Direction passing, int number) {
    return direction == passing && message == number;
  }

  @Override
  public String toString() {
    return (kind + " " + moment + " message " + message + " " + direction)
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ');
  }
}
