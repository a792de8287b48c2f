package dev.trestle.lint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes findings as SARIF 2.1.0, in the shape that code-scanning services take. */
final class SarifReport {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private SarifReport() {}

  static String render(List<Report> reports, List<String> warnings) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver()));
    run.put("columnKind", "utf16CodeUnits");
    run.put("invocations", List.of(invocation(warnings)));
    run.put("results", results(reports));
    return Json.write(ordered("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run)));
  }

  private static Map<String, Object> driver() {
    List<Object> rules = new ArrayList<>();
    Rules.all().forEach(rule -> rules.add(descriptor(rule)));
    String version = SarifReport.class.getPackage().getImplementationVersion();
    Map<String, Object> driver = ordered("name", "Trestle lint");
    if (version != null) {
      driver.put("version", version);
    }
    driver.put("rules", rules);
    return driver;
  }

  private static Map<String, Object> descriptor(Rule rule) {
    String page = RulePage.of(rule);
    return ordered(
        "id",
        rule.id(),
        "name",
        rule.getClass().getSimpleName(),
        "shortDescription",
        Map.of("text", rule.summary()),
        "fullDescription",
        Map.of("text", rule.summary()),
        "help",
        ordered("text", page, "markdown", page),
        "defaultConfiguration",
        ordered("enabled", rule.severity() != Severity.OFF, "level", level(rule.severity())),
        "properties",
        Map.of("reasons", rule.reasons().stream().map(Reason::id).toList()));
  }

  private static Map<String, Object> invocation(List<String> warnings) {
    List<Object> notifications = new ArrayList<>();
    for (String warning : warnings) {
      notifications.add(ordered("level", "warning", "message", Map.of("text", warning)));
    }
    return ordered("executionSuccessful", true, "toolExecutionNotifications", notifications);
  }

  private static List<Object> results(List<Report> reports) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    List<Object> results = new ArrayList<>();
    for (Report report : reports) {
      int count = seen.merge(report.key(), 1, Integer::sum);
      results.add(result(report, count));
    }
    return results;
  }

  private static Map<String, Object> result(Report report, int count) {
    Finding finding = report.finding();
    Map<String, Object> properties = ordered("confidence", finding.confidence().word());
    if (!finding.reason().isEmpty()) {
      properties.put("reason", finding.reason());
    }
    return ordered(
        "ruleId",
        finding.rule().id(),
        "ruleIndex",
        Rules.all().indexOf(finding.rule()),
        "level",
        level(report.severity()),
        "message",
        Map.of("text", finding.message()),
        "locations",
        List.of(Map.of("physicalLocation", location(report))),
        // The count tells apart two statements of the same text.
        "partialFingerprints",
        Map.of("trestleLint/v1", report.hash() + ":" + count),
        "properties",
        properties);
  }

  private static Map<String, Object> location(Report report) {
    return ordered(
        "artifactLocation",
        ordered("uri", uri(report.file()), "uriBaseId", "%SRCROOT%"),
        "region",
        ordered(
            "startLine",
            report.start().line(),
            "startColumn",
            report.start().column(),
            "endLine",
            report.end().line(),
            "endColumn",
            report.end().column()));
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
      case OFF -> "none";
    };
  }

  private static String uri(String file) {
    try {
      return new URI(null, null, file, null).toASCIIString();
    } catch (URISyntaxException e) {
      return file;
    }
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
