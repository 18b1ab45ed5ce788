package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.report.ScriptHeader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The comment at the beginning of a script. */
class HeaderReaderTest {

  @Test
  void fieldsAreRead() {
    ScriptHeader header = HeaderReader.read("""
        -- =====================
        -- Purpose: Whom we send
        --          invoices to
        -- Date:    2026-01-12
        -- Jira Ticket: SHOP-12
        -- A remark.
        -- =====================

        -- Author: of the first statement only
        CREATE TABLE customers ();
        """);
    assertThat(header.purpose()).isEqualTo("Whom we send invoices to");
    assertThat(header.fields())
        .isEqualTo(Map.of(
            "purpose", "Whom we send invoices to", "date", "2026-01-12", "jira ticket", "SHOP-12"));
    assertThat(header.field("DATE")).isEqualTo("2026-01-12");
    assertThat(header.field("reviewer")).isEmpty();
  }

  @Test
  void withoutAPurposeTheFirstLineIsIt() {
    assertThat(
            HeaderReader.read("\n\n-- Adds an index\n-- and more\nCREATE ...").purpose())
        .isEqualTo("Adds an index");
    assertThat(HeaderReader.read("/* Adds an index */ CREATE ...").purpose())
        .isEqualTo("Adds an index");
    assertThat(HeaderReader.read("/**\n * Adds an index\n * Date: today\n */\nCREATE ..."))
        .isEqualTo(new ScriptHeader("Adds an index", Map.of("date", "today")));
    assertThat(HeaderReader.read("-- Description: d\n-- other").purpose()).isEqualTo("d");
  }

  @Test
  void marksOfToolsAndDirectivesAreNoPurpose() {
    assertThat(HeaderReader.read(
            "-- migrator: lock-timeout=3s\n-- +goose Up\n-- migrate:up\n-- Why not"))
        .isEqualTo(new ScriptHeader("Why not", Map.of()));
  }

  @Test
  void aScriptWithoutAHeaderHasNone() {
    assertThat(HeaderReader.read("")).isEqualTo(ScriptHeader.NONE);
    assertThat(HeaderReader.read("CREATE TABLE t (); -- Purpose: none"))
        .isEqualTo(ScriptHeader.NONE);
    assertThat(HeaderReader.read("/* never closed"))
        .isEqualTo(new ScriptHeader("never closed", Map.of()));
    assertThat(HeaderReader.read("/*/ x")).isNotNull();
  }

  @Test
  void aSentenceWithAColonIsNoField() {
    assertThat(HeaderReader.read("-- Three things that this does at once: a, b and c")
            .purpose())
        .isEqualTo("Three things that this does at once: a, b and c");
  }
}
