package dev.migrator.architecture.broken.cellar;

/** Is in no room, and its package is not null-marked. */
public final class Cellar {
  private Cellar() {}
}
