package dev.migrator.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Tests that run other programs; skipped, by name, where one is not installed. With {@code -Dmigrator.test.programs=required} they
 * fail instead.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresProgram.Condition.class)
public @interface RequiresProgram {
  /**
   * The programs.
   *
   * @return names such as {@code pgbouncer}, all of which must be there
   */
  String[] value();

  /** The configuration parameter, or system property, that may be {@code required}. */
  String POLICY = "migrator.test.programs";

  /** Looks for the programs. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      List<String> missing =
          AnnotationSupport.findAnnotation(context.getElement(), RequiresProgram.class).stream()
              .flatMap(annotation -> Arrays.stream(annotation.value()))
              .filter(name -> Programs.find(name).isEmpty())
              .toList();
      if (missing.isEmpty()) {
        return ConditionEvaluationResult.enabled("nothing is missing");
      }
      String reason = "needs " + String.join(" and ", missing) + ", not installed here";
      if (context.getConfigurationParameter(POLICY).filter("required"::equals).isPresent()) {
        throw new IllegalStateException(reason);
      }
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
