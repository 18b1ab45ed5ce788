package dev.migrator.internal.sql;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of psql that stand in scripts, and what a migration has in their place. */
final class PsqlLine {

  /** Around what pg_dump writes; they ask psql for what does not concern us. Behind one word nothing may follow. */
  private static final Pattern SKIPPED =
      Pattern.compile("\\\\(?:un)?restrict(?:[ \t\f]+[^\\s\\\\'\"`:]+)?[ \t\f]*");

  private static final Pattern COMMAND = Pattern.compile("\\\\[^\\s]*");

  private static final String INCLUDE =
      "write the file's content in its place, or make it a migration of its own.";
  private static final String VARIABLE =
      "write the value in its place, or a placeholder ${name} with a configured value.";
  private static final String CONDITION =
      "write a DO block with IF; a migration's own directives say when it runs.";
  private static final String SEND = "end the statement with a semicolon.";

  /** What to do instead, by command. */
  static final Map<String, String> INSTEAD = Map.ofEntries(
      Map.entry("\\i", INCLUDE),
      Map.entry("\\ir", INCLUDE),
      Map.entry("\\include", INCLUDE),
      Map.entry("\\include_relative", INCLUDE),
      Map.entry("\\set", VARIABLE),
      Map.entry("\\unset", VARIABLE),
      Map.entry("\\getenv", VARIABLE),
      Map.entry("\\prompt", VARIABLE),
      Map.entry("\\gset", VARIABLE),
      Map.entry("\\if", CONDITION),
      Map.entry("\\elif", CONDITION),
      Map.entry("\\else", CONDITION),
      Map.entry("\\endif", CONDITION),
      Map.entry("\\g", SEND),
      Map.entry("\\gx", SEND),
      Map.entry("\\;", SEND),
      Map.entry(
          "\\gexec", "write a DO block that loops over the query and runs EXECUTE for each row."),
      Map.entry("\\echo", "write a comment, or RAISE NOTICE in a DO block."),
      Map.entry("\\qecho", "write a comment, or RAISE NOTICE in a DO block."),
      Map.entry("\\warn", "write a comment, or RAISE WARNING in a DO block."),
      Map.entry(
          "\\copy", "write COPY ... FROM STDIN with the data on the lines below it, ended by \\."),
      Map.entry("\\.", "it ends the data of a COPY ... FROM STDIN, and there is none before it."),
      Map.entry("\\c", "remove it: a migration runs in the one database that it was given."),
      Map.entry("\\connect", "remove it: a migration runs in the one database that it was given."),
      Map.entry("\\encoding", "remove it: scripts are UTF-8."),
      Map.entry("\\timing", "remove it: the report tells how long each migration took."),
      Map.entry("\\q", "remove it; everything behind it would never have run."),
      Map.entry("\\!", "remove it: a migration starts no programs."));

  private PsqlLine() {}

  /** Whether a line, from its backslash to its end, is passed over. */
  static boolean isSkipped(String line) {
    return SKIPPED.matcher(line).matches();
  }

  /** The command of a line, without its arguments. */
  static String command(String line) {
    Matcher command = COMMAND.matcher(line);
    return command.lookingAt() ? command.group() : line;
  }

  /** What to do about a command that is not SQL. */
  static String advice(String command) {
    return INSTEAD.getOrDefault(command, "remove the line, or write what it does in SQL.");
  }
}
