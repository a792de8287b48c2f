package dev.trestle.lint;

import static dev.trestle.lint.CommandLine.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings on record are not reported again, wherever their lines move; new ones are. */
class BaselineTest {
  private static final String SOURCE =
      """
      import java.util.concurrent.*;
      class Old {
        CompletableFuture<Void> save(int n) { return CompletableFuture.runAsync(() -> {}, Runnable::run); }
        void run() {
          save(1);
          save(2);
        }
      }
      """;

  @TempDir Path dir;
  private Path source;
  private Path baseline;

  @BeforeEach
  void record() throws IOException {
    source = write(dir.resolve("Old.java"), SOURCE);
    baseline = dir.resolve("baseline.txt");
    CommandLine run = CommandLine.run("--write-baseline", baseline, source);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("wrote 2 findings");
  }

  @Test
  void knownFindingsAreSilent() {
    assertThat(CommandLine.run("--baseline", baseline, source))
        .isEqualTo(new CommandLine(0, "", ""));
  }

  @Test
  void movedAndReformattedLinesStayKnown() throws IOException {
    write(source, "\n\n// moved\n" + SOURCE.replace("save(2);", "save(\n          2);"));
    assertThat(CommandLine.run("--baseline", baseline, source).exit()).isZero();
  }

  @Test
  void newFindingsFail() throws IOException {
    write(source, SOURCE.replace("save(2);", "save(2);\n    save(3);"));
    CommandLine run = CommandLine.run("--baseline", baseline, source);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.lines()).singleElement().asString().contains("Old.java:7:5:");
  }

  @Test
  void oneMoreOfAKnownStatementIsNewOnce() throws IOException {
    write(source, SOURCE.replace("save(2);", "save(2);\n    save(2);"));
    assertThat(CommandLine.run("--baseline", baseline, source).lines()).hasSize(1);
  }

  @Test
  void aFileThatIsNoBaselineIsRefused() throws IOException {
    write(baseline, "{\"not\": \"a baseline\"}\n");
    CommandLine run = CommandLine.run("--baseline", baseline, source);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("line 1 is not 'rule<tab>file<tab>hash'");
  }
}
