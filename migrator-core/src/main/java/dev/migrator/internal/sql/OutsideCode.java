package dev.migrator.internal.sql;

import dev.migrator.internal.sql.Lexer.Element;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.OutsideEffect;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What code looks like that reaches beyond its database: words of commands, also in the strings that it puts commands together
 * from, and functions of the server that do. Comments and the texts of RAISE and ASSERT are words for people. It may take one
 * for another; it cannot see a command that is put together from parts.
 */
final class OutsideCode {

  private static final Map<OutsideEffect, Pattern> WORDS = new EnumMap<>(OutsideEffect.class);

  static {
    String define = "(?:create|alter|drop|comment\\s+on)\\s+(?:if\\s+(?:not\\s+)?exists\\s+)?";
    put(OutsideEffect.ROLE, "\\b" + define + "(?:role|user|group)\\b(?!\\s+mapping)");
    put(OutsideEffect.TABLESPACE, "\\b" + define + "tablespace\\b");
    put(
        OutsideEffect.DATABASE,
        "\\b" + define
            + "database\\b|\\bon\\s+database\\b|\\bin\\s+database\\b|\\b(?:drop|reassign)\\s+owned\\b");
    put(OutsideEffect.SERVER_CONFIGURATION, "\\balter\\s+system\\b|\\bpg_reload_conf\\s*\\(");
    put(
        OutsideEffect.SUBSCRIPTION,
        "\\b" + define + "subscription\\b"
            + "|\\bpg_(?:create|drop|copy)_(?:logical|physical)?_?replication_slot\\s*\\(");
    put(
        OutsideEffect.FOREIGN_SERVER,
        "\\b" + define + "(?:server|user\\s+mapping|foreign\\s+data\\s+wrapper)\\b"
            + "|\\bimport\\s+foreign\\s+schema\\b|\\bdblink\\w*\\s*\\(");
    put(
        OutsideEffect.SERVER_FILE,
        "\\blo_(?:import|export)\\s*\\(|\\bpg_read_(?:binary_)?file\\s*\\(|\\bpg_file_(?:write|rename|unlink)\\s*\\(");
    put(OutsideEffect.PROGRAM, "\\b(?:from|to)\\s+program\\b");
    put(
        OutsideEffect.PREPARED_TRANSACTION,
        "\\bprepare\\s+transaction\\b|\\b(?:commit|rollback)\\s+prepared\\b");
  }

  private OutsideCode() {}

  private static void put(OutsideEffect effect, String words) {
    WORDS.put(effect, Pattern.compile(words, Pattern.CASE_INSENSITIVE));
  }

  /** The effects that a text has words of. */
  static Set<OutsideEffect> effects(String code) {
    String orders = withoutTalk(code);
    Set<OutsideEffect> effects = EnumSet.noneOf(OutsideEffect.class);
    WORDS.forEach((effect, words) -> {
      if (words.matcher(orders).find()) {
        effects.add(effect);
      }
    });
    return effects;
  }

  /** The code without what it says to people; as it is where its quotes are another language's. */
  private static String withoutTalk(String code) {
    try {
      return orders(code);
    } catch (MigrationException e) {
      return code;
    }
  }

  private static String orders(String code) {
    ScriptBytes bytes = ScriptBytes.of(code);
    Lexer lexer = new Lexer(bytes, true);
    StringBuilder orders = new StringBuilder(code.length());
    boolean raising = false;
    int depth = 0;
    for (Element element = lexer.next(); element != Element.END; element = lexer.next()) {
      String text = bytes.text(lexer.from(), lexer.to());
      switch (element) {
        case LINE_COMMENT, BLOCK_COMMENT -> orders.append(' ');
        case STRING ->
          // In parentheses it is an argument of a function, which may run it.
          orders.append(raising && depth == 0 ? " " : text);
        case DOLLAR_QUOTE ->
          orders
              .append(' ')
              .append(
                  raising && depth == 0
                      ? ""
                      : withoutTalk(bytes.text(lexer.contentFrom(), lexer.contentTo())))
              .append(' ');
        case WORD -> {
          raising |= text.equalsIgnoreCase("raise") || text.equalsIgnoreCase("assert");
          orders.append(text);
        }
        case SYMBOL -> {
          depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
          if (text.equals(";")) {
            raising = false;
            depth = 0;
          }
          orders.append(text);
        }
        case SPACE, BACKSLASH, QUOTED_IDENTIFIER, NUMBER, PARAMETER, OPERATOR, END ->
          orders.append(text);
      }
    }
    return orders.toString();
  }
}
