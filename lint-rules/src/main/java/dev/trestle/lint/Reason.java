package dev.trestle.lint;

/**
 * One way in which code breaks a rule, which can be switched by itself as {@code rule/reason}.
 *
 * @param id the name in options and reports
 * @param severity how it is reported when nothing is configured
 * @param summary one sentence for a person who reads the report
 */
public record Reason(String id, Severity severity, String summary) {}
