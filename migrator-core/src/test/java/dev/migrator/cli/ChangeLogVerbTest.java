package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb that prints what scripts say of themselves. */
class ChangeLogVerbTest {

  @TempDir
  Path folder;

  @Test
  void theLatestComesFirstUnderItsDate() {
    CommandRun run = shell().runExactly(List.of("changelog", "--location", folder.toString()));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("""
        # Migrations

        ## Without a date

        - **0003 plain**

        ## 2026-01-13

        - **0002 email**: Where \\*everybody\\* is reached

        ## 2026-01-12

        - **0001 customers**: Whom we know
        """);
  }

  @Test
  void machinesReadItToo() {
    CommandRun run =
        shell().runExactly(List.of("changelog", "--json", "--location", folder.toString()));
    assertThat(run.out())
        .contains(
            "\"type\": \"changelog\"",
            "\"purpose\": \"Where *everybody* is reached\"",
            "\"rollback\": true");
  }

  private Shell shell() {
    return new Shell(folder)
        .script("0001_customers.sql", "-- Purpose: Whom we know\n-- Date: 2026-01-12\nSELECT 1;")
        .script("0001_customers_rollback.sql", "SELECT 1;")
        .script("0002_email.sql", "-- Where *everybody* is reached\n-- Date: 2026-01-13\nSELECT 1;")
        .script("0003_plain.sql", "SELECT 1;");
  }
}
