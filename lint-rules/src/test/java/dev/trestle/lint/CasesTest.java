package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command line over the cases that were written without sight of the engine: every finding that
 * is marked, and no other. Their page tells what the marks mean.
 */
class CasesTest {
  private static final Path CASES = Path.of("src/test/cases");
  private static final String OPTIONAL = "OptionalCases.java";
  private static final Pattern FINDING =
      Pattern.compile("^(.*?):(\\d+):\\d+: \\w+: \\[([a-z-]+)(?:/[a-z-]+)?\\] .*");
  private static final Pattern MARK =
      Pattern.compile("// (expect|allow|expect-oneof\\(\\w+\\)): ([a-z-]+(?:(?:/|, )[a-z-]+)*)");

  @TempDir static Path stubs;

  private record Place(String file, int line, String rule) {}

  private final Set<Place> expected = new HashSet<>();
  private final Set<Place> allowed = new HashSet<>();
  private final Map<String, Set<Place>> groups = new HashMap<>();

  @BeforeAll
  static void compileStubs() {
    List<String> arguments =
        new ArrayList<>(
            List.of("--release", "17", "-nowarn", "-proc:none", "-d", stubs.toString()));
    sources(CASES.resolve("stubs")).forEach(file -> arguments.add(file.toString()));
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(exit).isZero();
  }

  // A set is as long as a small library: on a busy machine more than the limit of other tests.
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  @ParameterizedTest
  @CsvSource({"src, ''", "second, ''", "src/" + OPTIONAL + ", 'sync-throw,unused-suppression'"})
  void everyMarkedFindingAndNoOther(String path, String rules) {
    List<String> words = new ArrayList<>(List.of("--classpath", stubs.toString()));
    words.addAll(List.of("--release", "17", "--fail-on", "never"));
    if (!rules.isEmpty()) {
      words.addAll(List.of("--rules", rules));
    }
    Path set = CASES.resolve(path);
    words.add(set.toString());
    CommandLine run = CommandLine.run(words.toArray());
    sources(set)
        .filter(file -> file.equals(set) || !file.endsWith(OPTIONAL))
        .forEach(this::readMarks);
    Set<Place> found = new HashSet<>();
    for (String line : run.lines()) {
      Matcher finding = FINDING.matcher(line);
      assertThat(finding.matches()).as(line).isTrue();
      String file = Path.of(finding.group(1)).getFileName().toString();
      Place place = new Place(file, Integer.parseInt(finding.group(2)), finding.group(3));
      if (!file.equals(OPTIONAL) || !rules.isEmpty()) {
        found.add(place);
      }
    }
    Set<Place> alarms = new HashSet<>(found);
    alarms.removeAll(expected);
    alarms.removeAll(allowed);
    groups.values().forEach(alarms::removeAll);
    assertThat(alarms).as("false alarms").isEmpty();
    assertThat(found).as("what is marked").isNotEmpty().containsAll(expected);
    groups.forEach((name, group) -> assertThat(found).as(name).containsAnyElementsOf(group));
  }

  private void readMarks(Path file) {
    List<String> lines = lines(file);
    String name = file.getFileName().toString();
    for (int i = 0; i < lines.size(); i++) {
      Matcher marks = MARK.matcher(lines.get(i));
      while (marks.find()) {
        for (String rule : marks.group(2).split(", ?")) {
          Place place = new Place(name, i + 1, rule.replaceAll("/.*", ""));
          switch (marks.group(1)) {
            case "expect" -> expected.add(place);
            case "allow" -> allowed.add(place);
            default ->
                groups
                    .computeIfAbsent(
                        name + " " + marks.group(1) + " " + place.rule(), key -> new HashSet<>())
                    .add(place);
          }
        }
      }
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
