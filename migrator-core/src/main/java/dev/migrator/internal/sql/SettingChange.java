package dev.migrator.internal.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A {@code SET} of one parameter.
 *
 * @param name the parameter, in upper case
 * @param value its first value, in upper case
 */
record SettingChange(String name, String value) {

  private static final Set<String> OTHER_STYLES = Set.of("SQL", "POSTGRES", "GERMAN");

  /** The names of all settings that a statement sets in its text, by SET or by set_config, in lower case. */
  static Set<String> namesIn(List<Token> tokens) {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i).isWord("SET_CONFIG")
          && tokens.get(i + 1).isSymbol('(')
          && tokens.get(i + 2).type() == Token.Type.STRING) {
        names.add(tokens.get(i + 2).text().toLowerCase(Locale.ROOT));
      }
    }
    SettingChange change = of(tokens);
    if (change != null) {
      names.add(change.name().toLowerCase(Locale.ROOT));
    }
    return names;
  }

  /** The change that a statement makes, or {@code null} when it is no {@code SET} of a parameter. */
  static @Nullable SettingChange of(List<Token> tokens) {
    if (tokens.isEmpty() || !tokens.get(0).isWord("SET")) {
      return null;
    }
    int i = 1;
    if (i < tokens.size() && (tokens.get(i).isWord("SESSION") || tokens.get(i).isWord("LOCAL"))) {
      i++;
    }
    if (i + 1 < tokens.size() && tokens.get(i).isWord("NAMES")) {
      return new SettingChange("CLIENT_ENCODING", upper(tokens.get(i + 1)));
    }
    StringBuilder name = new StringBuilder();
    while (i + 2 < tokens.size() && tokens.get(i + 1).isSymbol('.')) {
      name.append(upper(tokens.get(i))).append('.');
      i += 2;
    }
    if (i + 2 >= tokens.size()
        || !(tokens.get(i + 1).isWord("TO") || tokens.get(i + 1).isSymbol('='))) {
      return null;
    }
    return new SettingChange(name + upper(tokens.get(i)), upper(tokens.get(i + 2)));
  }

  /** Whether a statement is a SELECT of nothing but set_config, called with constants. */
  static boolean isOnlySetConfig(List<Token> tokens) {
    if (tokens.isEmpty() || !tokens.get(0).isWord("SELECT")) {
      return false;
    }
    int i = 1;
    while (true) {
      if (i + 1 < tokens.size()
          && tokens.get(i).isWord("PG_CATALOG")
          && tokens.get(i + 1).isSymbol('.')) {
        i += 2;
      }
      if (i + 8 > tokens.size()
          || !tokens.get(i).isWord("SET_CONFIG")
          || !tokens.get(i + 1).isSymbol('(')
          || tokens.get(i + 2).type() != Token.Type.STRING
          || !tokens.get(i + 3).isSymbol(',')
          || tokens.get(i + 4).type() != Token.Type.STRING
          || !tokens.get(i + 5).isSymbol(',')
          || !(tokens.get(i + 6).isWord("FALSE") || tokens.get(i + 6).isWord("TRUE"))
          || !tokens.get(i + 7).isSymbol(')')) {
        return false;
      }
      i += 8;
      if (i == tokens.size()) {
        return true;
      }
      if (!tokens.get(i).isSymbol(',')) {
        return false;
      }
      i++;
    }
  }

  /** Whether the driver loses the connection over it: it talks UTF-8 and reads ISO dates, and nothing else. */
  boolean breaksDriver() {
    return switch (name) {
      case "CLIENT_ENCODING" -> !Set.of("UTF8", "UTF-8", "UNICODE", "DEFAULT").contains(value);
      case "DATESTYLE" -> OTHER_STYLES.stream().anyMatch(value::startsWith);
      default -> false;
    };
  }

  private static String upper(Token token) {
    return token.text().toUpperCase(Locale.ROOT);
  }
}
