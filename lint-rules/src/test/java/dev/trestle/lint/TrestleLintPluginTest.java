package dev.trestle.lint;

import static dev.trestle.lint.CommandLine.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin under plain javac. */
class TrestleLintPluginTest {
  private static final String BAD =
      """
      import java.util.*;
      import java.util.concurrent.*;
      class Bad {
        static CompletableFuture<Void> save(Object o) { return CompletableFuture.runAsync(() -> {}, Runnable::run); }
        static CompletableFuture<Void> kept;
        static CompletableFuture<Void> getter() { return kept; }
        void run(List<String> items) {
          save(1)
              .thenRun(() -> {});
          items.forEach(Bad::save);
          getter();
        }
      }
      class Second {
        void run() { Bad.save(2); Bad.getter(); }
        class Inner { void run() { Bad.save(3); } }
      }
      """;

  @TempDir Path dir;
  private Path bad;

  @BeforeEach
  void writeBad() throws IOException {
    bad = write(dir.resolve("Bad.java"), BAD);
  }

  @Test
  void findingsAreErrorsAtTheExpression() throws Exception {
    CommandLine run = javac("-Xplugin:TrestleLint");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("Bad.java:9: error: [un-awaited] thenRun(..) returns a CompletableFuture")
        .contains("Bad.java:10: error: [un-awaited] Bad::save returns a CompletableFuture")
        .contains("Bad.java:15: error: [un-awaited] save(..)")
        .contains("Bad.java:16: error: [un-awaited] save(..)")
        .contains("4 errors");
  }

  @Test
  void severitiesAreTheCompilersOwn() throws Exception {
    CommandLine warned = javac("-Xplugin:TrestleLint --rules un-awaited=warning");
    assertThat(warned.exit()).isZero();
    assertThat(warned.err()).contains("Bad.java:9: warning: [un-awaited]").contains("4 warnings");
    CommandLine noted = javac("-Xplugin:TrestleLint --rules=un-awaited=info");
    assertThat(noted.exit()).isZero();
    assertThat(noted.err()).contains("Bad.java:9: Note: [un-awaited]");
    assertThat(javac("-Xplugin:TrestleLint --rules -un-awaited").err()).isEmpty();
  }

  @Test
  void wrongOptionsAreOneError() throws Exception {
    assertThat(javac("-Xplugin:TrestleLint --rules un-awiated").err())
        .contains("error: -Xplugin:TrestleLint: there is no rule 'un-awiated'")
        .contains("did you mean 'un-awaited'?");
    CommandLine run = javac("-Xplugin:TrestleLint --rule un-awaited");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("there is no option '--rule'");
  }

  @Test
  void aClassThatDoesNotCompileIsSilentAndTheOthersAreChecked() throws Exception {
    write(dir.resolve("Bad.java"), BAD.replace("items.forEach(", "missing(1); items.forEach("));
    String err = javac("-Xplugin:TrestleLint").err();
    assertThat(err).contains("cannot find symbol").doesNotContain("Bad.java:9");
    assertThat(err).contains("Bad.java:15: error: [un-awaited]");
  }

  @Test
  void aSyntaxErrorIsTheCompilersToReport() throws Exception {
    write(dir.resolve("Bad.java"), BAD + "class {");
    CommandLine run = javac("-Xplugin:TrestleLint");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("error: <identifier> expected").doesNotContain("Exception");
  }

  private CommandLine javac(String plugin) throws Exception {
    return CommandLine.javac(dir, plugin, "-d", dir.resolve("out"), bad);
  }
}
