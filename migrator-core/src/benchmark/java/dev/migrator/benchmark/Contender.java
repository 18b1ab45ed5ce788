package dev.migrator.benchmark;

import javax.sql.DataSource;

/** One way of bringing a database to the state of a folder of scripts, with its library's defaults. */
interface Contender {

  /** The heading of its column. */
  String name();

  /** Applies what is pending. */
  void apply(DataSource database, Scripts scripts) throws Exception;

  /** Finds that nothing is pending: to a library, the same call. */
  default void look(DataSource database, Scripts scripts) throws Exception {
    apply(database, scripts);
  }

  /** Finds that nothing is pending, the scripts being packaged in a jar of the class path. */
  default void lookPackaged(DataSource database, Scripts scripts) throws Exception {
    throw new UnsupportedOperationException(name());
  }

  /** The contender of a name; none of the others' classes are loaded for it. */
  static Contender named(String name) {
    return switch (name) {
      case RawJdbc.NAME -> RawJdbc.sameWork();
      case MigratorContender.NAME -> new MigratorContender();
      case FlywayContender.NAME -> new FlywayContender();
      case FlywayContender.SESSION_LOCK -> FlywayContender.withSessionLock();
      case LiquibaseContender.NAME -> new LiquibaseContender();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
