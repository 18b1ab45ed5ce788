package dev.migrator.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that take dumps, with a {@code pg_dump} of the server's own major version: another one may write the same schema
 * differently. Skipped where there is none; with {@code -Dmigrator.test.pgdump=required} they fail instead.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresPgDump.Condition.class)
public @interface RequiresPgDump {

  /** Looks for the program. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      int major = PostgresServer.shared().version().major();
      if (PgDump.find(major).isPresent()) {
        return ConditionEvaluationResult.enabled("there is one");
      }
      String reason = "needs pg_dump and psql " + major + ", not installed here";
      if ("required".equals(System.getProperty("migrator.test.pgdump"))) {
        throw new IllegalStateException(reason);
      }
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
