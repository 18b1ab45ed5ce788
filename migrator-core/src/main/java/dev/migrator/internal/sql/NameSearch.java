package dev.migrator.internal.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Looks for the names of roles and databases by the words before them; what it finds in one text after another adds up. */
final class NameSearch {

  /** What stands where a role may and is no name. */
  private static final Set<String> NO_ROLES = Set.of(
      "public", "current_user", "current_role", "session_user", "none", "default", "all", "user");

  private final Set<String> roles = new TreeSet<>();
  private final Set<String> createdRoles = new HashSet<>();
  private final Set<String> databases = new TreeSet<>();
  private final Set<String> createdDatabases = new HashSet<>();
  private List<Token> tokens = List.of();

  Set<String> roles() {
    return roles;
  }

  Set<String> createdRoles() {
    return createdRoles;
  }

  Set<String> databases() {
    return databases;
  }

  Set<String> createdDatabases() {
    return createdDatabases;
  }

  void in(List<Token> text) {
    tokens = text;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).type() == Token.Type.WORD) {
        at(i);
      }
    }
  }

  private void at(int i) {
    switch (tokens.get(i).text()) {
      case "GRANT", "REVOKE" -> privileges(i);
      case "OWNER" -> {
        if (is(i + 1, "TO")) {
          names(i + 2, roles);
        }
      }
      case "AUTHORIZATION" -> names(i + 1, roles);
      case "OWNED" -> {
        if (is(i + 1, "BY") && (is(i - 1, "DROP") || is(i - 1, "REASSIGN"))) {
          int end = names(i + 2, roles);
          if (is(end, "TO")) {
            names(end + 1, roles);
          }
        }
      }
      case "POLICY" -> policy(i);
      case "MAPPING" -> {
        if (is(i - 1, "USER") && is(i + 1, "FOR")) {
          names(i + 2, roles);
        }
      }
      case "ROLE", "USER", "GROUP" -> role(i);
      case "DATABASE" -> database(i);
      default -> {
        // No word of interest.
      }
    }
  }

  /** GRANT and REVOKE: without ON it is roles that are granted. */
  private void privileges(int i) {
    if (is(i + 1, "OPTION")) {
      return;
    }
    int start = is(i + 2, "OPTION") && is(i + 3, "FOR") ? i + 4 : i + 1;
    boolean membership = true;
    int depth = 0;
    for (int at = start; at < tokens.size() && !tokens.get(at).isSymbol(';'); at++) {
      Token token = tokens.get(at);
      depth += token.isSymbol('(') ? 1 : token.isSymbol(')') ? -1 : 0;
      if (depth == 0 && token.isWord("ON")) {
        membership = false;
      } else if (depth == 0 && (token.isWord("TO") || token.isWord("FROM"))) {
        if (membership) {
          names(start, roles);
        }
        int end = names(at + 1, roles);
        while (end < tokens.size() && !tokens.get(end).isSymbol(';')) {
          if (is(end, "GRANTED") && is(end + 1, "BY")) {
            names(end + 2, roles);
          }
          end++;
        }
        return;
      }
    }
  }

  private void policy(int i) {
    if (!is(i - 1, "CREATE") && !is(i - 1, "ALTER")) {
      return;
    }
    for (int at = i + 1; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      if (token.isSymbol(';')
          || token.isWord("USING")
          || token.isWord("WITH")
          || token.isWord("RENAME")) {
        return;
      }
      if (token.isWord("TO")) {
        names(at + 1, roles);
        return;
      }
    }
  }

  private void role(int i) {
    if (is(i, "USER") && is(i + 1, "MAPPING")) {
      return;
    }
    if (is(i - 1, "CREATE")) {
      names(i + 1, createdRoles);
    } else if (is(i - 1, "ALTER")
        || is(i - 1, "ADD") && is(i, "USER")
        || is(i - 1, "ON") && is(i - 2, "COMMENT")) {
      names(i + 1, roles);
    } else if (is(i, "ROLE")) {
      boolean set =
          is(i - 1, "SET") || is(i - 2, "SET") && (is(i - 1, "LOCAL") || is(i - 1, "SESSION"));
      if (set || is(i - 1, "IN")) {
        names(i + 1, roles);
      }
    }
    if (is(i - 1, "FOR") && is(i - 2, "PRIVILEGES")) {
      names(i + 1, roles);
    }
  }

  private void database(int i) {
    if (is(i - 1, "CREATE")) {
      names(i + 1, createdDatabases);
    } else if (is(i - 1, "ALTER") || is(i - 1, "ON") || is(i - 1, "IN")) {
      names(i + 1, databases);
    }
  }

  /** Adds the names of a list; where the list ends. */
  private int names(int start, Set<String> found) {
    int at = start;
    while (true) {
      if (at + 1 < tokens.size() && is(at, "GROUP")) {
        at++;
      }
      if (at >= tokens.size()) {
        return at;
      }
      Token token = tokens.get(at);
      boolean word = token.type() == Token.Type.WORD;
      if (!word && token.type() != Token.Type.QUOTED_IDENTIFIER) {
        return at;
      }
      String name = word ? token.identifier() : token.text().replace("\"\"", "\"");
      boolean none = word && NO_ROLES.contains(name.toLowerCase(Locale.ROOT));
      // Names of the server's own begin so, and nobody can create them.
      if (!none && !name.startsWith("pg_")) {
        found.add(name);
      }
      at++;
      if (at >= tokens.size() || !tokens.get(at).isSymbol(',')) {
        return at;
      }
      at++;
    }
  }

  private boolean is(int index, String word) {
    return index >= 0 && index < tokens.size() && tokens.get(index).isWord(word);
  }
}
