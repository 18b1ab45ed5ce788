package dev.migrator.verify.junit;

import dev.migrator.config.RowCheck;
import dev.migrator.config.ThrowAwayServer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which migrations the tests of a class prove, and where. The class implements {@link MigrationTests} and may be empty
 * otherwise:
 *
 * <pre>{@code
 * @MigrationTest(locations = "classpath:db/migration")
 * class MigrationsTest implements MigrationTests {}
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface MigrationTest {

  /** Where the migrations are. Default: {@code classpath:db/migration}. */
  String[] locations() default "classpath:db/migration";

  /**
   * Where the throw-away databases are made, as {@link ThrowAwayServer#of} reads it: {@code embedded:17}, {@code
   * container:postgres:17} or a URL. Default: a container where Docker answers, else an embedded server; one of the two
   * libraries must be on the class path of the tests.
   */
  String server() default "automatic";

  /** The first version that must have a down script; those before it count as legacy. Default: every migration must. */
  String rollbackFrom() default "";

  /** Whose rows are looked for again after a rollback. Default: generated ones, in every table that can be filled. */
  RowCheck rows() default RowCheck.GENERATED;

  /** The file that the report is written to, as an HTML page: {@code target/migrations.html}. Default: none. */
  String page() default "";
}
