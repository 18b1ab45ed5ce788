package dev.migrator.event;

/**
 * Is told how far a verification is, by one thread at a time.
 *
 * <p>A listener cannot break a verification: what it throws is logged and goes no further.
 */
@FunctionalInterface
public interface VerifyListener {

  /** Takes an event; later versions may bring new kinds, so a listener ignores what it does not know. */
  void on(VerifyEvent event);
}
