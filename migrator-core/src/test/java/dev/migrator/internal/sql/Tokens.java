package dev.migrator.internal.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokens of one statement for tests of the recogniser, without the reader of scripts. Block comments do not nest here. */
final class Tokens {
  private static final Pattern NEXT = Pattern.compile(
      "(?<skip>\\s+|--[^\\n]*|/\\*.*?\\*/)"
          + "|(?<string>[eE]'(?:[^'\\\\]|\\\\.|'')*'|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'|\\$(?<tag>\\w*)\\$.*?\\$\\k<tag>\\$)"
          + "|(?<quoted>(?:[uU]&)?\"(?:[^\"]|\"\")*\")"
          + "|(?<parameter>\\$\\d+)"
          + "|(?<number>\\d[\\w.]*)"
          + "|(?<word>[A-Za-z_\\x{80}-\\x{10FFFF}][\\w$\\x{80}-\\x{10FFFF}]*)"
          + "|(?<operator>(?:(?!--|/\\*)[-+*/<>=~!@#%^&|`?])+)"
          + "|(?<symbol>.)",
      Pattern.DOTALL);

  private Tokens() {}

  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = NEXT.matcher(text);
    while (matcher.find()) {
      if (matcher.group("skip") == null) {
        tokens.add(token(matcher));
      }
    }
    return tokens;
  }

  private static Token token(Matcher matcher) {
    String all = matcher.group();
    if (matcher.group("string") != null) {
      int open = all.charAt(0) == '$' ? all.indexOf('$', 1) : all.indexOf('\'');
      int close = all.charAt(0) == '$' ? all.length() - open - 1 : all.length() - 1;
      return token(Token.Type.STRING, all.substring(open + 1, close), matcher);
    }
    if (matcher.group("quoted") != null) {
      String name = all.substring(all.indexOf('"') + 1, all.length() - 1).replace("\"\"", "\"");
      return token(Token.Type.QUOTED_IDENTIFIER, name, matcher);
    }
    if (matcher.group("word") != null) {
      return token(Token.Type.WORD, all.toUpperCase(Locale.ROOT), matcher);
    }
    if (matcher.group("number") != null) {
      return token(Token.Type.NUMBER, all, matcher);
    }
    if (matcher.group("parameter") != null) {
      return token(Token.Type.PARAMETER, all, matcher);
    }
    boolean operator = matcher.group("operator") != null;
    return token(operator ? Token.Type.OPERATOR : Token.Type.SYMBOL, all, matcher);
  }

  private static Token token(Token.Type type, String text, Matcher matcher) {
    return new Token(type, text, matcher.start(), matcher.end());
  }
}
