package dev.migrator.internal.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an older server does not know stays out of a dump, and nothing else does. */
@Tag("any-server")
class DumpHeaderTest {

  private static final String HEADER = """
      --
      -- PostgreSQL database dump
      --

      \\restrict x

      SET lock_timeout = 0;
      SET transaction_timeout = 0;
      SET client_encoding = 'UTF8';
      SELECT pg_catalog.set_config('search_path', '', false);
      """;

  private static final String BODY = """
      COPY public.notes (text) FROM stdin;
      SET transaction_timeout = 0;
      \\.
      Ä without an end""";

  private static String passed(String dump, int server) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DumpHeader.pass(new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)), out, server);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aServerBelow17GetsNoTransactionTimeout() throws IOException {
    assertThat(passed(HEADER + BODY, 16))
        .isEqualTo(HEADER.replace("SET transaction_timeout = 0;\n", "") + BODY);
  }

  @Test
  void aNewerServerGetsAllOfIt() throws IOException {
    assertThat(passed(HEADER + BODY, 17)).isEqualTo(HEADER + BODY);
  }

  @Test
  void aDumpThatIsNothingButAHeaderEndsWithIt() throws IOException {
    assertThat(passed("SET a = 1;", 14)).isEqualTo("SET a = 1;");
    assertThat(passed("", 14)).isEmpty();
  }
}
