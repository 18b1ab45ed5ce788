package dev.migrator.internal.backup;

import dev.migrator.internal.text.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program under way. What it complains about is kept, its beginning left out when it is long; its end is waited for. */
final class Child implements AutoCloseable {

  private static final int KEPT_COMPLAINTS = 8_192;

  /** How long it may take to put things in order before it is killed. */
  private static final long ENDS_WITHIN_MS = 3_000;

  private static final long IS_KILLED_WITHIN_MS = 5_000;

  /** What a shell says of a program that nobody listened to any more: 128 and SIGPIPE. */
  private static final int PIPE_BROKEN = 141;

  private final String name;
  private final Process process;
  private final Thread listener;
  private final Object lock = new Object();
  private byte[] complaints = {};
  private boolean stopped;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    this.listener = new Thread(this::listen, "migrator-" + name);
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts a program.
   *
   * @throws IOException when that is impossible
   */
  static Child start(String name, ProcessBuilder builder) throws IOException {
    return new Child(name, builder.start());
  }

  String name() {
    return name;
  }

  /** What it writes. */
  InputStream output() {
    return process.getInputStream();
  }

  /** What it reads. */
  OutputStream input() {
    return process.getOutputStream();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it ended by itself and without success. */
  boolean hasFailed() {
    return !stopped && !process.isAlive() && process.exitValue() != 0;
  }

  /** Whether it ended because another one did. */
  boolean lostItsListener() {
    return !process.isAlive() && process.exitValue() == PIPE_BROKEN;
  }

  /** How it ended, and what it complained about; without secrets. */
  String words() {
    try {
      listener.join(IS_KILLED_WITHIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String said;
    synchronized (lock) {
      said = new String(complaints, StandardCharsets.UTF_8).strip();
    }
    return name + " ended with exit code " + process.exitValue()
        + (said.isEmpty() ? "." : ": " + Redaction.redact(said));
  }

  private void listen() {
    byte[] piece = new byte[1_024];
    try (InputStream errors = process.getErrorStream()) {
      for (int read = errors.read(piece); read >= 0; read = errors.read(piece)) {
        synchronized (lock) {
          int kept = Math.min(complaints.length, KEPT_COMPLAINTS - read);
          byte[] longer =
              Arrays.copyOfRange(complaints, complaints.length - kept, complaints.length + read);
          System.arraycopy(piece, 0, longer, kept, read);
          complaints = longer;
        }
      }
    } catch (IOException e) {
      // It was stopped; nobody reads on.
    }
  }

  /** Stops it, where it still runs, with everything that it has started, and waits for its end. */
  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    stopped = true;
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    if (!ends(ENDS_WITHIN_MS)) {
      process.destroyForcibly();
      ends(IS_KILLED_WITHIN_MS);
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /** Also when this thread is interrupted: what is left alone would go on writing. */
  private boolean ends(long withinMs) {
    boolean interrupted = false;
    long end = System.nanoTime() + withinMs * 1_000_000;
    try {
      while (true) {
        try {
          return process.waitFor(
              Math.max(0, (end - System.nanoTime()) / 1_000_000), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
