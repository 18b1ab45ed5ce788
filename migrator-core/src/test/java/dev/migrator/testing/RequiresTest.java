package dev.migrator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.test;

import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

class RequiresTest {
  @Test
  void a_skipped_test_names_the_program_that_is_missing() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Demanding.class))
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.skipped(1).succeeded(1))
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test("impossible"),
                skippedWithReason("needs no-such-program and nor-this-one, not installed here")));
  }

  @Test
  void where_programs_are_required_a_missing_one_is_a_failure() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Demanding.class))
        .configurationParameter(RequiresProgram.POLICY, "required")
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.skipped(0).succeeded(1).failed(1));
  }

  @Test
  void programs_are_found_by_name() {
    assertThat(Programs.find("sh")).isPresent();
    assertThat(Programs.find("no-such-program")).isEmpty();
  }

  /** Not a test class of the suite: the test above runs it. */
  static class Demanding {
    @Test
    @RequiresProgram("sh")
    void possible() {}

    @Test
    @RequiresProgram({"sh", "no-such-program", "nor-this-one"})
    void impossible() {}
  }
}
