package dev.migrator.internal.schema;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random types: enums, domains, composite types, ranges, collations. */
final class RandomTypes {

  private final RandomSchema schema;
  private final Draw draw;

  RandomTypes(RandomSchema schema) {
    this.schema = schema;
    this.draw = schema.draw();
  }

  void make() {
    schema.times(1, 2).forEach(i -> enumType());
    schema.times(0, 2).forEach(i -> domain());
    schema.times(0, 1).forEach(i -> composite());
    schema.times(0, 1).forEach(i -> range());
    if (draw.chance(20)) {
      String collation = schema.in(schema.name("coll"));
      schema.add("CREATE COLLATION " + collation + draw.of(" FROM \"C\"", " (locale = 'POSIX')"));
      schema.annotate("COLLATION", collation);
    }
  }

  private void enumType() {
    String type = schema.in(schema.name("mood"));
    String labels = IntStream.rangeClosed(1, draw.between(1, 5))
        .mapToObj(i -> draw.chance(10) ? "'it''s " + i + "'" : "'l" + i + "'")
        .collect(Collectors.joining(", "));
    schema.add("CREATE TYPE %s AS ENUM (%s)".formatted(type, labels));
    schema.annotate("TYPE", type, "USAGE");
    schema.types().add(ColumnType.other(type));
  }

  private void domain() {
    String domain = schema.in(schema.name("dom"));
    boolean number = draw.chance(50);
    schema.add("CREATE DOMAIN %s AS %s%s%s%s"
        .formatted(
            domain,
            number
                ? draw.of("integer", "numeric(8,3)")
                : draw.of("text COLLATE \"C\"", "character varying(9)"),
            draw.maybe(40, number ? " DEFAULT 3" : " DEFAULT 'd'"),
            draw.maybe(25, " NOT NULL"),
            draw.maybe(
                70,
                " CONSTRAINT " + schema.name("dc") + " CHECK (VALUE"
                    + (number ? " > 0)" : " <> '')"))));
    if (draw.chance(25)) {
      schema.add("ALTER DOMAIN %s ADD CONSTRAINT %s CHECK (VALUE %s) NOT VALID"
          .formatted(domain, schema.name("dn"), number ? "< 1000" : "<> 'z'"));
    }
    schema.annotate("DOMAIN", domain, "USAGE");
    schema.types().add(number ? ColumnType.number(domain, "5") : ColumnType.text(domain, "'e'"));
  }

  private void composite() {
    String type = schema.in(schema.name("comp"));
    schema.add("CREATE TYPE %s AS (a integer, b %s, \"C c\" text%s)"
        .formatted(type, draw.of(schema.types()).sql(), draw.maybe(30, " COLLATE \"C\"")));
    if (draw.chance(30)) {
      schema.add("COMMENT ON COLUMN " + type + ".a IS 'part'");
    }
    schema.annotate("TYPE", type, "USAGE");
    schema.types().add(ColumnType.other(type));
  }

  private void range() {
    String type = schema.in(schema.name("span"));
    schema.add("CREATE TYPE %s AS RANGE (subtype = %s)"
        .formatted(
            type,
            draw.of(
                "float8, subtype_diff = float8mi",
                "text, collation = \"C\"",
                "date, multirange_type_name = " + schema.in(schema.name("spans")))));
    schema.annotate("TYPE", type, "USAGE");
    schema.types().add(new ColumnType(type, ColumnType.Family.RANGE, java.util.List.of("'empty'")));
  }
}
