package dev.trestle.lint;

import java.util.Comparator;

/**
 * A finding on its way out: where it stands in which file, and what identifies it when lines move.
 *
 * @param finding what was found
 * @param shown the file as the user named it
 * @param file the file as a relative path with slashes
 * @param start the place of the finding
 * @param end one past the last character of its expression
 * @param hash identifies the statement by its text
 */
record Report(
    Finding finding, String shown, String file, Position start, Position end, String hash) {

  static final Comparator<Report> IN_ORDER =
      Comparator.comparing(Report::shown)
          .thenComparing(report -> report.start().line())
          .thenComparing(report -> report.start().column())
          .thenComparing(report -> report.finding().rule().id());

  Severity severity() {
    return finding.severity();
  }

  /** What the baseline remembers. */
  String key() {
    return finding.rule().id() + "\t" + file + "\t" + hash;
  }

  String line() {
    return shown
        + ":"
        + start.line()
        + ":"
        + start.column()
        + ": "
        + severity().word()
        + ": "
        + finding.labelled()
        + System.lineSeparator();
  }

  String workflowCommand() {
    String command = severity() == Severity.INFO ? "notice" : severity().word();
    return "::"
        + command
        + " file="
        + property(file)
        + ",line="
        + start.line()
        + ",col="
        + start.column()
        + ",title="
        + property(finding.rule().id())
        + "::"
        + data(finding.message())
        + System.lineSeparator();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
