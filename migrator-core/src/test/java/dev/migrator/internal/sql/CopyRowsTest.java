package dev.migrator.internal.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.MigrationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CopyRowsTest {

  /** The data of a COPY as text. */
  static String text(Statement statement) {
    try (InputStream in = Objects.requireNonNull(statement.copyData()).open()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static CopyRows data(List<Statement> statements) {
    return Objects.requireNonNull(statements.get(0).copyData());
  }

  @Test
  void tellsWhereTheDataAreAndHowMany() {
    CopyRows data = data(StatementSplitter.split(
        "x.sql", "-- é\ncopy t from stdin; -- now\n1\té\n2\t😀\n\\.\nselect 1;"));
    assertThat(data.position()).hasToString("x.sql:3:1");
    assertThat(data.lines()).isEqualTo(2);
    assertThat(data.length()).isEqualTo(12);
  }

  @Test
  void positionsGoOnBehindTheData() {
    List<Statement> statements = StatementSplitter.split(
        "x.sql", "\uFEFFcopy t from stdin;\r\na\r\nb\r\n\\.\r\n\r\n  select 'é😀' as x; select 2");
    assertThat(text(statements.get(0))).isEqualTo("a\r\nb\r\n");
    assertThat(statements.get(1).position()).hasToString("x.sql:6:3");
    assertThat(statements.get(1).end()).hasToString("x.sql:6:19");
    assertThat(statements.get(2).position()).hasToString("x.sql:6:21");
  }

  @Test
  void onlyALineOfItsOwnEndsTheData() {
    List<Statement> statements = StatementSplitter.split(
        "x.sql", "copy t from stdin;\na\\.\n\\.b\n \\.\n\\..\n\\.\nselect 1");
    assertThat(text(statements.get(0))).isEqualTo("a\\.\n\\.b\n \\.\n\\..\n");
    assertThat(statements).hasSize(2);
  }

  @Test
  void theEndOfTheScriptEndsTheData() {
    assertThat(text(StatementSplitter.split("x.sql", "copy t from stdin;\na\nb").get(0)))
        .isEqualTo("a\nb");
    assertThat(
            text(StatementSplitter.split("x.sql", "copy t from stdin;\na\n\\.").get(0)))
        .isEqualTo("a\n");
    assertThat(text(StatementSplitter.split("x.sql", "copy t from stdin").get(0)))
        .isEmpty();
  }

  @Test
  void dataThatChangedAfterTheScriptWasReadAreNotSentToTheirEnd() {
    String[] text = {"copy t from stdin;\n1\n2\n\\.\n"};
    ScriptContent content = () -> new ByteArrayInputStream(text[0].getBytes(UTF_8));
    CopyRows data =
        data(StatementSplitter.split("x.sql", content, ReadingRules.PLAIN).statements());
    text[0] = text[0].replace('2', '3');
    assertThatThrownBy(() -> readAll(data))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the COPY data at x.sql:2:1 changed after the script was read");
    text[0] = "copy t from stdin;\n1";
    assertThatThrownBy(() -> readAll(data)).isInstanceOf(IOException.class);
  }

  @Test
  void nothingMayStandBetweenTheCommandAndItsData() {
    assertThatThrownBy(() -> StatementSplitter.split("x.sql", "copy t from stdin; select 1;\n1\n"))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("x.sql:1:20");
  }

  @Test
  void oneReadingServesAllBlocksInTheirOrder() throws IOException {
    int[] opened = {0};
    byte[] script =
        "copy t from stdin;\n1\n\\.\ncopy t from stdin;\n2\n\\.\ncopy t from stdin;\n3\n"
            .getBytes(UTF_8);
    List<Statement> statements = StatementSplitter.split(
            "x.sql",
            () -> {
              opened[0]++;
              return new ByteArrayInputStream(script);
            },
            ReadingRules.PLAIN)
        .statements();
    assertThat(statements.stream().map(CopyRowsTest::text)).containsExactly("1\n", "2\n", "3\n");
    assertThat(opened[0]).isEqualTo(2);
    assertThat(text(statements.get(2)) + text(statements.get(0))).isEqualTo("3\n1\n");
  }

  /** Eighty times more than may be held: the window would have to grow to hold it. */
  @Test
  void dataAreNeverHeldWhole() {
    byte[] head = "copy t from stdin;\n".getBytes(UTF_8);
    byte[] line = ("0123456789".repeat(100) + "\n").getBytes(UTF_8);
    long lines = 50_000;
    ScriptContent content = () -> new Repeated(head, line, lines);
    long before = allocated();
    CopyRows data =
        data(StatementSplitter.split("x.sql", content, ReadingRules.PLAIN).statements());
    assertThat(allocated() - before).isLessThan(600_000);
    assertThat(data.lines()).isEqualTo(lines);
    assertThat(data.length()).isEqualTo(lines * line.length);
  }

  private static byte[] readAll(CopyRows data) throws IOException {
    try (InputStream in = data.open()) {
      return in.readAllBytes();
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** A beginning and many times the same line. */
  private static final class Repeated extends InputStream {

    private final byte[] head;
    private final byte[] line;
    private final long length;
    private long at;

    Repeated(byte[] head, byte[] line, long lines) {
      this.head = head;
      this.line = line;
      this.length = head.length + lines * line.length;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
      int read = 0;
      while (read < count && at < length) {
        target[offset + read++] =
            at < head.length ? head[(int) at] : line[(int) ((at - head.length) % line.length)];
        at++;
      }
      return read == 0 ? -1 : read;
    }
  }
}
