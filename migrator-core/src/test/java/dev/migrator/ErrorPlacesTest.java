package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An error of the server is shown at the line of the file that it means. */
@PostgresTest
class ErrorPlacesTest {

  @TempDir
  private Path path;

  static Stream<Arguments> failures() {
    String function = "create function f(x int) returns int language plpgsql as $body$\n"
        + "begin\n  return 1 / x;\nend $body$;\n";
    return Stream.of(
        Arguments.of(
            "the first statement", "\n  select nope;", "02_b.sql:2:10", "select nope\n       ^"),
        Arguments.of(
            "the hundredth statement",
            "-- é😀\n" + "select 1; ".repeat(99) + "\n\tselect '😀', nope;",
            "02_b.sql:3:14",
            "select '😀', nope\n            ^"),
        Arguments.of(
            "a statement behind COPY data, a BOM and CRLF",
            "\uFEFFcreate table c (a int);\r\ncopy c from stdin;\r\n1\r\n2\r\n\\.\r\n\r\nselect\r\n  nope;\r\n",
            "02_b.sql:8:3",
            "  nope\n  ^"),
        Arguments.of(
            "a function body that does not compile",
            "create function g() returns int language plpgsql as $$\nbegin\n  retrun 1;\nend $$;",
            "02_b.sql:3:3",
            "  retrun 1;\n  ^"),
        Arguments.of(
            "a function body with a variable that is not declared",
            "select 1;\n\ncreate function g() returns int language plpgsql as $$\nbegin\n  nope := 1;\nend $$;",
            "02_b.sql:5:3",
            "  nope := 1;\n  ^"),
        Arguments.of(
            "an SQL function's body",
            "create function g() returns int language sql as $$\n  select nope $$;",
            "02_b.sql:2:10",
            "  select nope $$"),
        Arguments.of(
            "a line of a DO block",
            "select 1;\ndo $$\nbegin\n    raise exception 'no';\nend $$;",
            "02_b.sql:4:5",
            "    raise exception 'no';\n    ^"),
        Arguments.of(
            "a query in a DO block",
            "do language 'plpgsql' $$ begin\n  perform nope from nowhere;\nend $$;",
            "02_b.sql:2:3",
            "  perform nope from nowhere;\n  ^"),
        Arguments.of(
            "a function of the same script",
            function + "select 1;\nselect f(0);",
            "02_b.sql:3:3",
            "  return 1 / x;\n  ^"),
        Arguments.of(
            "a quoted function of another schema, called by a DO block",
            "create schema \"S\"; create function \"S\".\"F f\"() returns void language plpgsql as\n'\nbegin\n raise ''x'';\nend';"
                + "\ndo $$ begin\n perform \"S\".\"F f\"();\nend $$;",
            "02_b.sql:4:2",
            " raise ''x'';\n ^"),
        Arguments.of(
            "a function that came before this script, called by a DO block",
            "do $$ begin\n\n  perform before(0);\nend $$;",
            "02_b.sql:3:3",
            "  perform before(0);\n  ^"),
        Arguments.of(
            "a trigger's function that came before this script",
            "select 1;\n  select before(0);",
            "02_b.sql:2:3",
            "select before(0)\n^"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void anErrorIsShownWhereItIs(
      String name, String script, String place, String excerpt, TestDatabase database) {
    new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create function before(x int) returns int language plpgsql as $$ begin return 1 / x; end $$;")
        .script("02_b.sql", script);
    for (boolean stepwise : new boolean[] {false, true}) {
      MigrationException failure = catchThrowableOfType(
          MigrationException.class,
          () -> new MigrationFolder(path)
              .builder(database.dataSource())
              .stepwise(stepwise)
              .build()
              .migrate());
      assertThat(failure.position()).hasValueSatisfying(p -> assertThat(p).hasToString(place));
      assertThat(failure.getMessage()).contains(excerpt.indent(2).stripTrailing());
    }
  }

  @Test
  void aLineOfCopyDataIsFound(TestDatabase database) {
    new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table \"t, line 9\" (a int);\ncopy \"t, line 9\" from stdin; -- data\n1\n2\nx\n\\.\n");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> new MigrationFolder(path).engine(database).migrate());
    assertThat(failure.position())
        .hasValueSatisfying(p -> assertThat(p).hasToString("01_a.sql:5:1"));
  }
}
