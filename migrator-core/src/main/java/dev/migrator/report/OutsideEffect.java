package dev.migrator.report;

/** What a statement changes beyond the database that it runs in: a throw-away copy on the same server shares it. */
public enum OutsideEffect {
  /** Roles and their memberships belong to the whole server. */
  ROLE("roles"),
  TABLESPACE("tablespaces"),
  /** Creates, drops or changes a database, this one included. */
  DATABASE("databases"),
  /** {@code ALTER SYSTEM}. */
  SERVER_CONFIGURATION("the server's configuration"),
  /** Talks to another server, and may create or drop a replication slot there. */
  SUBSCRIPTION("subscriptions"),
  /** Names another server, or reads its tables. */
  FOREIGN_SERVER("another server"),
  /** {@code COPY} reads or writes a file of the server's machine. */
  SERVER_FILE("files of the server's machine"),
  /** {@code COPY ... PROGRAM} runs a program on the server's machine. */
  PROGRAM("programs of the server's machine"),
  /** Leaves a prepared transaction, which belongs to the whole server, or ends one. */
  PREPARED_TRANSACTION("prepared transactions");

  private final String words;

  OutsideEffect(String words) {
    this.words = words;
  }

  /** What is reached, in words that follow "reaches". */
  public String words() {
    return words;
  }
}
