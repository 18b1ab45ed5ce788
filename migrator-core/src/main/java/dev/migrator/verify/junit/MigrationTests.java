package dev.migrator.verify.junit;

import dev.migrator.verify.MigrationVerifier;
import dev.migrator.verify.MigrationVerifierBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The tests of a class that proves migrations: one for each migration, and one for each check of all together.
 *
 * <p>A test ends when its migration was tried, and takes that long. One whose migration did not pass fails with the whole
 * finding; one whose migration cannot be proved, though nothing is wrong (declared irreversible, older than the policy), is
 * aborted with the reason, which reports show as skipped.
 */
public interface MigrationTests {

  /**
   * Sets what the annotation does not, for example seeds. Called once, after what the annotation says. A call of {@link
   * MigrationVerifierBuilder#migrations} replaces the annotation's locations.
   */
  default void configure(MigrationVerifierBuilder verifier) {}

  /** The tests. JUnit calls it. */
  @TestFactory
  default Stream<DynamicNode> migrations() {
    MigrationTest settings = getClass().getAnnotation(MigrationTest.class);
    MigrationVerifierBuilder builder = MigrationVerifier.builder();
    if (settings != null) {
      Proof.apply(settings, builder);
    }
    configure(builder);
    return Proof.begin(builder, settings == null ? "" : settings.page()).tests();
  }
}
