package dev.migrator.demo;

import io.micronaut.runtime.Micronaut;

/** Starts the demo. */
public final class DemoApplication {
  private DemoApplication() {}

  /**
   * Starts the application and leaves it running.
   *
   * @param args Micronaut's command line arguments
   */
  public static void main(String[] args) {
    Micronaut.run(DemoApplication.class, args);
  }
}
