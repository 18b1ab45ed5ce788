package dev.migrator.internal.execute;

import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners, and lets none of them break what it is told of.
 *
 * @param listeners who is told, in this order
 */
public record Announcements(List<MigrationListener> listeners) {

  /** Keeps a copy. */
  public Announcements {
    listeners = List.copyOf(listeners);
  }

  /** Tells all of them. */
  public void tell(MigrationEvent event) {
    for (MigrationListener listener : listeners) {
      try {
        listener.on(event);
      } catch (VirtualMachineError e) {
        throw e;
      } catch (RuntimeException | Error e) {
        warn(listener, "told of " + event.getClass().getSimpleName(), e);
      }
    }
  }

  /** Whether one of them wants to be told of every statement; one that does not answer does not. */
  public boolean wantStatements() {
    for (MigrationListener listener : listeners) {
      try {
        if (listener.wantsStatements()) {
          return true;
        }
      } catch (VirtualMachineError e) {
        throw e;
      } catch (RuntimeException | Error e) {
        warn(listener, "asked what it wants", e);
      }
    }
    return false;
  }

  private static void warn(MigrationListener listener, String when, Throwable failure) {
    // No constant, which every engine would set up.
    LoggerFactory.getLogger(Announcements.class)
        .warn(
            "A listener ({}) failed when it was {}; the run goes on",
            listener.getClass().getName(),
            when,
            failure);
  }
}
