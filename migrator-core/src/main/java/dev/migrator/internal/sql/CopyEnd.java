package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Detail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of a COPY, found in its tokens alone, because the reader of scripts must know whether data follow.
 *
 * @param direction into the table or out of it
 * @param end what is at the other end
 */
record CopyEnd(Detail.Copy.Direction direction, Detail.Copy.End end) {

  /** The ends of a COPY, or {@code null} when the statement is none or says something else. */
  static @Nullable CopyEnd of(List<Token> tokens) {
    if (tokens.isEmpty() || !tokens.get(0).isWord("COPY")) {
      return null;
    }
    int depth = 0;
    for (int i = 1; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isSymbol('(')) {
        depth++;
      } else if (token.isSymbol(')')) {
        depth--;
      } else if (depth == 0 && (token.isWord("FROM") || token.isWord("TO"))) {
        Detail.Copy.End end = end(tokens.get(i + 1));
        return end == null ? null : new CopyEnd(Detail.Copy.Direction.valueOf(token.text()), end);
      }
    }
    return null;
  }

  /** PostgreSQL takes STDIN and STDOUT for the same: the direction says which is meant. */
  private static Detail.Copy.@Nullable End end(Token token) {
    if (token.isWord("STDIN") || token.isWord("STDOUT")) {
      return Detail.Copy.End.CLIENT;
    }
    if (token.isWord("PROGRAM")) {
      return Detail.Copy.End.PROGRAM;
    }
    return token.type() == Token.Type.STRING ? Detail.Copy.End.FILE : null;
  }

  boolean readsFromClient() {
    return direction == Detail.Copy.Direction.FROM && end == Detail.Copy.End.CLIENT;
  }

  boolean writesToClient() {
    return direction == Detail.Copy.Direction.TO && end == Detail.Copy.End.CLIENT;
  }
}
