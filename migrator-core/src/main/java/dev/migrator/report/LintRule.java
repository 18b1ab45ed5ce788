package dev.migrator.report;

/**
 * A rule of the lint, for whoever wants to read about it.
 *
 * @param id its name
 * @param topic what it is about, in words
 * @param severity how much a violation weighs where the size of the table is not known or does not matter
 * @param on whether it is looked for unless somebody says otherwise
 * @param destructive whether a violation destroys something, so that a run in production is stopped
 * @param condition what breaks it
 * @param effect what that does
 * @param remedy what to do instead
 */
public record LintRule(
    String id,
    String topic,
    Severity severity,
    boolean on,
    boolean destructive,
    String condition,
    String effect,
    String remedy) {}
