package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.internal.sql.structure.TransactionNeed;
import dev.migrator.migration.SourcePosition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a script, exactly as the file writes it, without its final semicolon.
 *
 * @param text the text; it begins with the first character that is neither white space nor comment
 * @param expansion what becomes of it when placeholders are replaced; {@code null} when it has none
 * @param position where the text begins
 * @param end where it ends: the place behind its last character
 * @param kind what it is to the engine
 * @param touchesSession whether it may change what outlives its transaction: settings, role, temporary objects
 * @param settings the names of the settings that its text sets, in lower case
 * @param refusal why the engine does not run it; {@code null} for nearly every statement
 * @param standardStrings whether a backslash in its ordinary strings is only a backslash
 * @param copyData the lines that follow a {@code COPY ... FROM STDIN}; {@code null} for any other statement
 */
public record Statement(
    String text,
    @Nullable Expansion expansion,
    SourcePosition position,
    SourcePosition end,
    StatementKind kind,
    boolean touchesSession,
    Set<String> settings,
    @Nullable String refusal,
    boolean standardStrings,
    @Nullable CopyRows copyData) {

  private static final int EXCERPT = 160;

  private static final int BEGINNING = 60;

  private static final Pattern LITERAL = Pattern.compile("['$]");

  static Statement of(
      String text,
      @Nullable Expansion expansion,
      SourcePosition position,
      SourcePosition end,
      boolean standardStrings,
      List<Token> tokens) {
    Classifier.Verdict verdict = Classifier.classify(tokens);
    return new Statement(
        text,
        expansion,
        position,
        end,
        verdict.kind(),
        verdict.touchesSession(),
        verdict.settings(),
        verdict.refusal(),
        standardStrings,
        null);
  }

  Statement with(CopyRows data) {
    return new Statement(
        text,
        expansion,
        position,
        end,
        kind,
        touchesSession,
        settings,
        refusal,
        standardStrings,
        data);
  }

  /** How it begins: its first line, up to its first literal, which may be a secret. */
  public String beginning() {
    String line = text.lines().findFirst().orElse("");
    int literal = LITERAL
        .matcher(line)
        .results()
        .mapToInt(MatchResult::start)
        .findFirst()
        .orElse(line.length());
    String shown = line.substring(0, Math.min(literal, BEGINNING)).strip();
    return shown.length() < line.strip().length() ? shown + " ..." : shown;
  }

  /** What is sent to the server. */
  public String sql() {
    return expansion == null ? text : expansion.sql();
  }

  /** What the statement is and names. Made anew at each call: most statements are never asked. */
  public Structure structure() {
    return Recogniser.recognise(sql(), Tokens.of(sql(), standardStrings));
  }

  /** The names and key words in it that stand for themselves, in no string and no comment. */
  public List<Name> words() {
    return Tokens.of(sql(), standardStrings).stream()
        .filter(token ->
            token.type() == Token.Type.WORD || token.type() == Token.Type.QUOTED_IDENTIFIER)
        .map(token -> new Name(token.identifier(), token.start()))
        .toList();
  }

  /** Whether it does nothing but set settings of the session by values that stand in its text: SET, RESET, set_config. */
  public boolean onlySets() {
    return touchesSession
        && (structure().detail() instanceof Detail.Setting
            || SettingChange.isOnlySetConfig(Tokens.of(sql(), standardStrings)));
  }

  /** Whether PostgreSQL runs it inside a transaction block. */
  public boolean runsInTransaction() {
    return kind != StatementKind.NON_TRANSACTIONAL;
  }

  /** Whether it is refused outside a transaction block, or has no effect there: LOCK, SET LOCAL, DECLARE. */
  boolean needsTransaction() {
    return structure().transaction().place() == TransactionNeed.Place.INSIDE;
  }

  /** Whether its text does not tell that it leaves the transaction alone: CALL, DO, REINDEX of what may be partitioned. */
  public boolean mayEndTransaction() {
    return structure().transaction().place() == TransactionNeed.Place.DEPENDS;
  }

  /**
   * The place in the script that the server means by a position in what was sent.
   *
   * @param character counted from 1 in characters, as the server counts; 0 when it named none, which means the beginning
   */
  public SourcePosition at(int character) {
    return place(text, position, offset(character));
  }

  /**
   * The place in the script of a part of the structure.
   *
   * @param offset as the parts of {@link #structure()} have it
   */
  public SourcePosition position(int offset) {
    return place(text, position, written(offset));
  }

  /**
   * The line that holds a part of the structure, with a caret under it.
   *
   * @param offset as the parts of {@link #structure()} have it
   */
  public String excerptOf(int offset) {
    return excerptAt(written(offset));
  }

  /** Where the script writes what stands at an offset of what is sent. */
  private int written(int offset) {
    return expansion == null ? offset : expansion.source(offset);
  }

  /** The place of an offset, in UTF-16 units, in a text that begins at a place. */
  static SourcePosition place(String text, SourcePosition beginning, int offset) {
    int line = beginning.line();
    int column = beginning.column();
    int i = 0;
    while (i < offset) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      boolean endsLine =
          codePoint == '\n' || codePoint == '\r' && (i >= text.length() || text.charAt(i) != '\n');
      line += endsLine ? 1 : 0;
      column = endsLine ? 1 : column + 1;
    }
    return new SourcePosition(beginning.script(), line, column);
  }

  /**
   * The line of the statement that holds a position, with a caret under it.
   *
   * @param character as in {@link #at}
   */
  public String excerpt(int character) {
    return excerptAt(offset(character));
  }

  /** The line of the statement that holds an offset, with a caret under it. */
  String excerptAt(int offset) {
    int start = text.lastIndexOf('\n', offset - 1) + 1;
    int end = text.indexOf('\n', offset);
    String shown = withoutSecrets();
    String line = (end < 0 ? shown.substring(start) : shown.substring(start, end)).stripTrailing();
    String caret =
        line.substring(0, Math.min(offset - start, line.length())).replaceAll("[^\t]", " ") + "^";
    return line.length() <= EXCERPT ? line + "\n" + caret : shortened(line, offset - start);
  }

  /** The text with what may be a password masked, letter by letter; a line of it alone would not tell what it is. */
  private String withoutSecrets() {
    List<Token> strings = new ArrayList<>();
    Set<String> secrets = new HashSet<>();
    boolean password = false;
    for (Token token : Tokens.of(text, standardStrings)) {
      if (token.type() == Token.Type.STRING) {
        strings.add(token);
        if (password || token.text().toLowerCase(Locale.ROOT).contains("password")) {
          secrets.add(token.text());
        }
      }
      password = token.isWord("PASSWORD");
    }
    StringBuilder shown = new StringBuilder(text);
    for (Token token : strings) {
      for (int i = token.start() + 1; secrets.contains(token.text()) && i < token.end() - 1; i++) {
        shown.setCharAt(i, shown.charAt(i) == '\n' ? '\n' : '*');
      }
    }
    return shown.toString();
  }

  /** The offset in the text of the server's character. */
  private int offset(int character) {
    String sent = sql();
    int characters = sent.codePointCount(0, sent.length());
    int offset =
        character < 1 ? 0 : sent.offsetByCodePoints(0, Math.min(character - 1, characters));
    return written(offset);
  }

  private static String shortened(String line, int at) {
    int from = Math.max(0, Math.min(at, line.length()) - EXCERPT / 2);
    int to = Math.min(line.length(), from + EXCERPT);
    return line.substring(from, to).replace('\t', ' ') + "\n" + " ".repeat(Math.max(0, at - from))
        + "^";
  }
}
