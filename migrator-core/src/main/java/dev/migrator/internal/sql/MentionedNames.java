package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.migration.MigrationException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The roles and databases that scripts need on their server: named where a privilege, an owner, a policy or a setting is
 * theirs, and created by none of the scripts. Code in DO and in functions is looked through too; the strings that it puts
 * commands together from are not.
 *
 * @param roles in order of their names
 * @param databases in order of their names
 */
public record MentionedNames(SortedSet<String> roles, SortedSet<String> databases) {

  private static final Pattern DOLLARS = Pattern.compile("(?s)\\$([^$]*)\\$(.*)\\$\\1\\$");

  private static final Pattern QUOTES = Pattern.compile("(?s)[eE]?'(.*)'");

  /** The names in all the scripts of a folder. */
  public static MentionedNames of(Collection<ParsedScript> scripts) {
    NameSearch search = new NameSearch();
    for (ParsedScript script : scripts) {
      script.statements().forEach(statement -> look(statement, search));
    }
    SortedSet<String> roles = new TreeSet<>(search.roles());
    roles.removeAll(search.createdRoles());
    SortedSet<String> databases = new TreeSet<>(search.databases());
    databases.removeAll(search.createdDatabases());
    return new MentionedNames(roles, databases);
  }

  private static void look(Statement statement, NameSearch search) {
    Structure structure = statement.structure();
    switch (structure.family()) {
      case DML, QUERY, COPY, CURSOR, TRANSACTION, LOCK, MAINTENANCE -> {
        // They name neither.
      }
      case DDL, SESSION, CODE, PRIVILEGE, UNKNOWN -> {
        search.in(Tokens.of(statement.sql(), statement.standardStrings()));
        String code = code(structure);
        if (code != null) {
          search.in(tokens(code));
        }
      }
    }
  }

  private static List<Token> tokens(String code) {
    try {
      return Tokens.of(code, true);
    } catch (MigrationException e) {
      // A language with other quotes.
      return List.of();
    }
  }

  /** Code without its quotes; {@code null} where there is none. */
  private static @Nullable String code(Structure structure) {
    Fragment body = structure.detail() instanceof Create.Routine routine
        ? routine.body()
        : structure.detail() instanceof Detail.Code block ? block.body() : null;
    if (body == null) {
      return null;
    }
    Matcher dollars = DOLLARS.matcher(body.text());
    if (dollars.matches()) {
      return dollars.group(2);
    }
    Matcher quotes = QUOTES.matcher(body.text());
    return quotes.matches() ? quotes.group(1).replace("''", "'") : body.text();
  }
}
