package dev.migrator.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of a run what did not run and why, so that no test disappears unnoticed. */
public final class SkippedTests implements TestExecutionListener {
  private final Map<String, String> reasons = new ConcurrentSkipListMap<>();

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    remember(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      remember(test, result.getThrowable().map(Throwable::getMessage).orElse("gave up"));
    }
  }

  private void remember(TestIdentifier test, String reason) {
    String name = test.getSource().map(SkippedTests::name).orElse(test.getDisplayName());
    reasons.put(name, name + ": " + reason);
  }

  private static String name(TestSource source) {
    if (source instanceof MethodSource method) {
      return method.getClassName() + "." + method.getMethodName();
    }
    return source instanceof ClassSource type ? type.getClassName() : source.toString();
  }

  // Read by a person, whatever logs are on.
  @SuppressWarnings("SystemOut")
  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    reasons.values().forEach(reason -> System.out.println("Skipped: " + reason));
  }
}
