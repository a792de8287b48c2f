package dev.trestle.lint;

import static dev.trestle.lint.CommandLine.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SARIF report has what a code-scanning service needs, in the shape it needs it. */
class SarifReportTest {
  private static final String SOURCE =
      """
      import java.util.concurrent.*;
      class Bad {
        CompletableFuture<Void> save(String s) { return CompletableFuture.runAsync(() -> {}, Runnable::run); }
        void run() { save("\\"quoted\\" \\u00e4"); }
        void twice() {
          save("a"); save("a");
        }
      }
      """;

  @TempDir Path dir;

  @Test
  void namesToolRulesAndResults() throws IOException {
    Map<String, ?> log = report(SOURCE);
    assertThat(log.get("version")).isEqualTo("2.1.0");
    Map<String, ?> run = JsonReader.object(JsonReader.list(log.get("runs")).get(0));
    Map<String, ?> driver = JsonReader.object(JsonReader.object(run.get("tool")).get("driver"));
    List<?> rules = JsonReader.list(driver.get("rules"));
    assertThat(rules).hasSize(Rules.all().size());
    Map<String, ?> rule = JsonReader.object(rules.get(0));
    assertThat(rule.get("id")).isEqualTo("un-awaited");
    assertThat(JsonReader.object(rule.get("help")).get("markdown").toString())
        .startsWith("# `un-awaited`");
    List<?> results = JsonReader.list(run.get("results"));
    assertThat(results).hasSize(3);
    Map<String, ?> result = JsonReader.object(results.get(0));
    assertThat(result.get("ruleId")).isEqualTo("un-awaited");
    assertThat(result.get("ruleIndex")).isEqualTo(0.0);
    assertThat(result.get("level")).isEqualTo("error");
    assertThat(JsonReader.object(result.get("properties")).toString())
        .isEqualTo("{confidence=certain, reason=statement}");
    Map<String, ?> location = JsonReader.object(JsonReader.list(result.get("locations")).get(0));
    Map<String, ?> physical = JsonReader.object(location.get("physicalLocation"));
    assertThat(JsonReader.object(physical.get("artifactLocation")).get("uri"))
        .isEqualTo("with%20blank/Bad.java");
    assertThat(JsonReader.object(physical.get("region")).toString())
        .startsWith("{startLine=4.0, startColumn=16.0, endLine=4.0");
  }

  @Test
  void meetsThePublishedSchema() throws IOException {
    write(dir.resolve("Bad.java"), SOURCE);
    write(dir.resolve("broken/Broken.java"), "class Broken { void a() { missing(); } }");
    CommandLine all = CommandLine.run("--format", "sarif", "--rules", "unused-suppression", dir);
    SarifSchema.accepts(all.out());
    write(dir.resolve("clean/Clean.java"), "class Clean {}");
    SarifSchema.accepts(CommandLine.run("--format", "sarif", dir.resolve("clean")).out());
  }

  @Test
  void theSchemaWouldSeeAMistake() throws IOException {
    write(dir.resolve("Bad.java"), SOURCE);
    String log = CommandLine.run("--format", "sarif", dir).out();
    assertThatThrownBy(() -> SarifSchema.accepts(log.replace("\"error\"", "\"fatal\"")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("level");
  }

  @Test
  void fingerprintsAreStableAndDifferent() throws IOException {
    List<String> before = fingerprints(SOURCE);
    assertThat(before).hasSize(3).doesNotHaveDuplicates();
    assertThat(fingerprints("// moved\n\n" + SOURCE)).isEqualTo(before);
  }

  @Test
  void aRunWithoutFindingsIsAReportToo() throws IOException {
    Map<String, ?> run =
        JsonReader.object(JsonReader.list(report("class Bad {}").get("runs")).get(0));
    assertThat(JsonReader.list(run.get("results"))).isEmpty();
  }

  private List<String> fingerprints(String source) throws IOException {
    Map<String, ?> run = JsonReader.object(JsonReader.list(report(source).get("runs")).get(0));
    return JsonReader.list(run.get("results")).stream()
        .map(result -> JsonReader.object(result).get("partialFingerprints").toString())
        .toList();
  }

  private Map<String, ?> report(String source) throws IOException {
    write(dir.resolve("with blank/Bad.java"), source);
    return JsonReader.object(JsonReader.read(CommandLine.run("--format", "sarif", dir).out()));
  }
}
