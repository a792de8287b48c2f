package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker's own code is checked by its own command line: its plugin cannot compile itself. */
class OwnSourcesTest {
  private static final String CLASSPATH = System.getProperty("java.class.path");

  @ParameterizedTest
  @ValueSource(strings = {"src/main/java", "src/test/java"})
  void hasNoFindings(String sources) {
    CommandLine run = CommandLine.run("--classpath", CLASSPATH, "--fail-on", "warning", sources);
    assertThat(run.out()).isEmpty();
    assertThat(run.exit()).isZero();
  }
}
