package dev.trestle.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How findings are written down. */
enum ReportFormat {
  /** One finding a line, for people and editors. */
  TEXT {
    @Override
    String render(List<Report> reports, List<String> warnings) {
      return reports.stream().map(Report::line).collect(Collectors.joining());
    }
  },

  /** SARIF 2.1.0, for code-scanning services. */
  SARIF {
    @Override
    String render(List<Report> reports, List<String> warnings) {
      return SarifReport.render(reports, warnings);
    }
  },

  /** Workflow commands, which GitHub shows at the changed lines. */
  GITHUB {
    @Override
    String render(List<Report> reports, List<String> warnings) {
      return reports.stream().map(Report::workflowCommand).collect(Collectors.joining());
    }
  };

  abstract String render(List<Report> reports, List<String> warnings);

  static ReportFormat named(String word) {
    return Arrays.stream(values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("--format " + word + ": write text, sarif or github"));
  }
}
