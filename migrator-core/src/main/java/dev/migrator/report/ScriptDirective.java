package dev.migrator.report;

/**
 * A directive in a script's comments.
 *
 * @param words the comment, without its dashes
 * @param line its line in the file
 * @param column its column, in characters
 */
public record ScriptDirective(String words, int line, int column) {}
