package dev.trestle.lint;

import static dev.trestle.lint.CommandLine.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line: what it reads, what it prints, and how it ends. */
class MainTest {
  private static final String BAD =
      """
      import java.util.concurrent.*;
      class Bad {
        CompletableFuture<Void> save() { return CompletableFuture.runAsync(() -> {}, Runnable::run); }
        void run() {
          save();
        }
      }
      """;
  private static final String GOOD = "class Good { void run() {} }\n";

  @TempDir Path dir;
  private Path bad;

  @BeforeEach
  void writeBad() throws IOException {
    bad = write(dir.resolve("src/Bad.java"), BAD);
  }

  @Test
  void runsInAProcessOfItsOwnWithNothingBesideIt() throws Exception {
    CommandLine run = CommandLine.process(dir, "src");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.lines())
        .singleElement()
        .asString()
        .startsWith("src/Bad.java:5:5: error: [un-awaited] save() returns a CompletableFuture");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void findingsAreSortedByFileAndLine() throws IOException {
    write(
        dir.resolve("src/a/Also.java"),
        BAD.replace("Bad", "Also").replace("save();\n", "save(); save();\n"));
    CommandLine run = CommandLine.run(bad, dir.resolve("src/a"));
    assertThat(run.lines()).hasSize(3);
    assertThat(run.lines().get(0)).contains("src/Bad.java:5:5:");
    assertThat(run.lines().get(1)).contains("src/a/Also.java:5:5:");
    assertThat(run.lines().get(2)).contains("src/a/Also.java:5:13:");
  }

  @Test
  void exitsZeroWhereNothingIsFound() throws IOException {
    CommandLine run = CommandLine.run(write(dir.resolve("Good.java"), GOOD));
    assertThat(run).isEqualTo(new CommandLine(0, "", ""));
  }

  @Test
  void failOnSaysWhichSeveritiesFail() throws IOException {
    assertThat(CommandLine.run("--fail-on", "never", bad).exit()).isZero();
    assertThat(CommandLine.run("--fail-on=error", "--rules=un-awaited=warning", bad).exit())
        .isZero();
    assertThat(CommandLine.run("--fail-on", "warning", "--rules", "un-awaited=warning", bad).exit())
        .isEqualTo(1);
    assertThat(CommandLine.run("--fail-on", "info", "--rules", "un-awaited=info", bad).exit())
        .isEqualTo(1);
    assertThat(CommandLine.run("--rules", "-un-awaited", bad).out()).isEmpty();
  }

  @Test
  void readsASourcesJar() throws IOException {
    Path jar = dir.resolve("lib-sources.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("a/Bad.java"));
      zip.write(("package a; " + BAD).getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("META-INF/versions/21/a/Bad.java"));
      zip.write(("package a; " + BAD).getBytes(StandardCharsets.UTF_8));
    }
    CommandLine run = CommandLine.run(jar);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.lines()).singleElement().asString().contains("lib-sources.jar!/a/Bad.java:5:5:");
  }

  @Test
  void aPathThatIsNotThereIsTroubleAndTheRestIsReported() {
    CommandLine run = CommandLine.run(bad, dir.resolve("nowhere"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.lines()).hasSize(1);
    assertThat(run.err()).contains("nowhere: there is no such file");
  }

  @Test
  void aDirectoryWithoutSourcesIsTrouble() throws IOException {
    Path empty = Files.createDirectory(dir.resolve("empty"));
    CommandLine run = CommandLine.run(empty, bad);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("empty: no Java sources in there");
    assertThat(run.lines()).hasSize(1);
  }

  @Test
  void aDirectoryNamedLikeASourceIsNoSource() throws IOException {
    Path odd = Files.createDirectory(dir.resolve("Odd.java"));
    CommandLine run = CommandLine.run(odd);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Odd.java: no Java sources in there");
  }

  @Test
  void anUnreadableFileInATreeIsTroubleAndTheRestIsReported() throws IOException {
    Files.createSymbolicLink(dir.resolve("src/Broken.java"), dir.resolve("gone"));
    CommandLine run = CommandLine.run(dir.resolve("src"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Broken.java: cannot be read");
    assertThat(run.lines()).hasSize(1);
  }

  @Test
  void aFileThatIsNoJarIsTrouble() throws IOException {
    CommandLine run = CommandLine.run(write(dir.resolve("broken.jar"), "no zip"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("broken.jar: cannot be read");
    assertThat(CommandLine.run(write(dir.resolve("a.txt"), "text")).err())
        .contains("not a .java file");
  }

  @Test
  void aSourceThatDoesNotParseIsOneWarningLine() throws IOException {
    write(dir.resolve("src/Syntax.java"), "class Syntax { void m( { int } ] ; }");
    CommandLine run = CommandLine.run(dir.resolve("src"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.lines()).hasSize(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("Syntax.java:1:", ": warning: ", "does not parse");
  }

  @Test
  void aSourceThatDoesNotCompileIsOneWarningLineAndItsFindingsStand() throws IOException {
    write(bad, BAD.replace("void run() {", "void run() { int i = \"text\"; String s = 1;"));
    CommandLine run = CommandLine.run(bad);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.lines()).hasSize(1);
    assertThat(run.err().lines()).singleElement().asString().contains("does not compile");
  }

  @Test
  void anIncompleteClassPathIsOneLineAndKnownTypesAreChecked() throws IOException {
    write(
        bad,
        "import org.gone.Missing; import org.gone.Other;\n"
            + BAD.replace(
                "void run() {",
                "Missing field; Other m(Missing p) { return p.go(); } void run() { field.start(); field.run(() -> save());"));
    CommandLine run = CommandLine.run(bad);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains(":6:5: error: [un-awaited]");
    assertThat(run.err().lines()).singleElement().asString().contains("2 types are missing");
  }

  @Test
  void aFileThatIsNotUtf8IsRead() throws IOException {
    Files.write(
        bad,
        BAD.replace("save();\n", "save(); // gr\u00fc\u00df\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    CommandLine run = CommandLine.run(bad);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.lines()).hasSize(1);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aByteOrderMarkAndTabsDoNotMoveColumns() throws IOException {
    write(bad, "\uFEFF" + BAD.replace("    save();", "\t\tsave();"));
    assertThat(CommandLine.run(bad).out()).contains("Bad.java:5:3:");
  }

  @Test
  void theClassPathIsUsed() throws Exception {
    Path lib =
        write(
            dir.resolve("lib/Lib.java"),
            "package lib; public interface Lib { java.util.concurrent.Future<?> go(); }");
    assertThat(CommandLine.javac(dir, "-proc:none", "-d", dir.resolve("classes"), lib).exit())
        .isZero();
    write(bad, "class Bad { void run(lib.Lib l) {\n l.go();\n } }");
    assertThat(CommandLine.run(bad).out()).isEmpty();
    CommandLine run =
        CommandLine.run("--classpath", dir.resolve("classes"), "--release", "17", bad);
    assertThat(run.lines()).singleElement().asString().contains("Bad.java:2:3:");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void moreFutureTypesCanBeNamed() throws IOException {
    write(
        bad,
        "class Bad { interface Task {} Task go(int n) { throw new Error(); } void run() { go(1); } }");
    assertThat(CommandLine.run(bad).exit()).isZero();
    assertThat(CommandLine.run("--future-types", "Bad.Task", bad).exit()).isEqualTo(1);
  }

  @Test
  void theReportCanGoToAFileOrToGitHub() throws IOException {
    Path report = dir.resolve("report.txt");
    assertThat(CommandLine.run("--format", "github", "--output", report, bad).out()).isEmpty();
    assertThat(report)
        .content()
        .startsWith("::error file=")
        .contains(",line=5,col=5,title=un-awaited::");
    CommandLine failed = CommandLine.run("--output", dir.resolve("no/such/file"), bad);
    assertThat(failed.exit()).isEqualTo(2);
    assertThat(failed.err()).contains("--output").contains("cannot be written");
  }
}
