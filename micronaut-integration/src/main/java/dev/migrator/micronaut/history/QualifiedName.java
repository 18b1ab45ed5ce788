package dev.migrator.micronaut.history;

/**
 * A name with its schema, both as they are stored.
 *
 * @param schema the schema
 * @param name the name
 */
record QualifiedName(String schema, String name) {

  /** Reads {@code public.orders} or {@code "My schema"."a.b"}. */
  static QualifiedName of(String text) {
    boolean inQuotes = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        inQuotes = !inQuotes;
      } else if (c == '.' && !inQuotes) {
        return new QualifiedName(unquoted(text.substring(0, i)), unquoted(text.substring(i + 1)));
      }
    }
    return new QualifiedName("", unquoted(text));
  }

  /** One name without the quotes that it may have. */
  static String unquoted(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text;
  }

  /** Whether somebody who writes a name, with or without a schema, may mean it. */
  boolean isCalled(String ofSchema, String ofTable) {
    return name.equals(ofTable) && (ofSchema.isEmpty() || schema.equals(ofSchema));
  }
}
