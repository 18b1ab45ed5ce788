package dev.migrator.event;

/**
 * Is told what an engine does while it does it, in the thread that does it (of who blocks it and of how far an index is, in
 * another one).
 *
 * <p>A listener cannot break a migration: what it throws is logged and goes no further. It can delay one, for the engine
 * waits until it returns.
 */
@FunctionalInterface
public interface MigrationListener {

  /** Takes an event; later versions may bring new kinds, so a listener ignores what it does not know. */
  void on(MigrationEvent event);

  /**
   * Whether it wants {@link MigrationEvent.StatementStarted} and {@link MigrationEvent.StatementFinished} too. Then every statement is sent and awaited by itself,
   * which costs a round trip for each. Default: no.
   */
  default boolean wantsStatements() {
    return false;
  }
}
