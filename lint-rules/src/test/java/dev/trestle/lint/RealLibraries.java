package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The command line over the sources of libraries that live on futures. Its name keeps it out of the
 * build; the profile {@code real-libraries} fetches the sources and runs it.
 */
class RealLibraries {
  private static final Path SOURCES = Path.of("target/real-libraries");
  private static final Pattern FINDING = Pattern.compile(": (error|warning|info): \\[([a-z-]+)");

  static Stream<Path> libraries() throws IOException {
    try (Stream<Path> jars = Files.list(SOURCES)) {
      return jars.sorted().toList().stream();
    }
  }

  // The largest has two hundred thousand lines: more than the thirty seconds of other tests.
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  @ParameterizedTest
  @MethodSource("libraries")
  void noRuleStops(Path jar) {
    CommandLine run =
        CommandLine.run(
            "--fail-on",
            "never",
            "--classpath",
            System.getProperty("java.class.path"),
            jar.toAbsolutePath());
    Map<String, Long> byRule =
        run.lines().stream()
            .map(FINDING::matcher)
            .filter(matcher -> matcher.find() && !matcher.group(2).equals("source"))
            .collect(
                Collectors.groupingBy(
                    matcher -> matcher.group(2) + " " + matcher.group(1),
                    TreeMap::new,
                    Collectors.counting()));
    String missing =
        run.err()
            .lines()
            .filter(line -> line.contains("missing from"))
            .collect(Collectors.joining());
    System.out.println(
        jar.getFileName() + ": " + byRule + (missing.isEmpty() ? "" : "; " + missing));
    assertThat(run.err()).doesNotContain("stopped with");
    assertThat(run.exit()).isZero();
  }
}
