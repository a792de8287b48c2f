package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that cannot be understood end with 2, and a line that says what to write instead. */
class UsageTest {
  private static final int SCREEN_LINES = 24;
  private static final int SCREEN_COLUMNS = 80;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --rulez un-awaited .        | did you mean '--rules'?
          --rules un-awiated .        | did you mean 'un-awaited'?
          --rules un-awaited/nety .   | did you mean 'un-awaited/netty'?
          --rules un-awaited=fatal .  | write error, warning, info or off
          --rules a,,b .              | did you mean
          --rules un-awaited, .       | is not a rule
          --rules -un-awaited=info .  | is not a rule
          --format xml .              | write text, sarif or github
          --fail-on fatal .           | write error, warning, info or never
          --fail-on off .             | write error, warning, info or never
          --release new .             | is not a Java version
          --baseline no-such-file .   | make one with --write-baseline
          --rules                     | needs a value
          --fail-on never             | no PATH to check
          -x .                        | there is no option '-x'
          """)
  void isExplained(String args, String message) {
    CommandLine run = CommandLine.run((Object[]) args.strip().split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("trestle-lint: ").contains(message).hasLineCount(1);
  }

  @Test
  void helpFitsAScreen() {
    CommandLine run = CommandLine.run("--help");
    assertThat(run.exit()).isZero();
    assertThat(run.lines()).hasSizeLessThanOrEqualTo(SCREEN_LINES);
    assertThat(run.lines()).allMatch(line -> line.length() <= SCREEN_COLUMNS + 10);
  }
}
