package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar, through each of the doors that the README shows: a project as a user has it.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DoorsIT {
  private static final Path CI = Path.of("src/test/ci");
  private static final Path JAR = Path.of(System.getProperty("trestle.jar", ""));
  private static final String VERSION = System.getProperty("trestle.version", "");
  private static final String ORDERS = "src/main/java/shop/Orders.java";

  @TempDir Path dir;

  @BeforeEach
  void copyProject() throws IOException {
    try (Stream<Path> files = Files.walk(CI)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = dir.resolve(CI.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Files.copy(JAR, dir.resolve("trestle-lint-rules.jar"));
  }

  @Test
  void underMaven() throws Exception {
    Path repository = repositoryWithTheJar();
    CommandLine bad = maven(repository);
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(bad.out())
        .contains("Orders.java:[15,5] [un-awaited] logMessage(..) returns a CompletableFuture")
        .contains("COMPILATION ERROR");
    awaitTheFuture();
    CommandLine good = maven(repository);
    assertThat(good.out()).doesNotContain("[ERROR]", "[WARNING]", "un-awaited");
    assertThat(good.exit()).isZero();
    assertThat(dir.resolve("target/classes/shop/Orders.class")).exists();
  }

  @Test
  void underPlainJavac() throws Exception {
    CommandLine bad = shell("javac.sh");
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(bad.err()).contains(ORDERS + ":15: error: [un-awaited] logMessage(..)", "1 error");
    awaitTheFuture();
    CommandLine good = shell("javac.sh");
    assertThat(good.err()).isEmpty();
    assertThat(good.exit()).isZero();
    assertThat(dir.resolve("classes/shop/Orders.class")).exists();
  }

  @Test
  void onTheCommandLine() throws Exception {
    CommandLine bad = shell("sarif.sh");
    assertThat(bad.err()).isEmpty();
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(Files.readString(dir.resolve("lint.sarif")))
        .contains("\"uri\": \"" + ORDERS + "\"", "\"startLine\": 15")
        .satisfies(SarifSchema::accepts);
    awaitTheFuture();
    CommandLine good = shell("sarif.sh");
    assertThat(good.exit()).isZero();
    assertThat(Files.readString(dir.resolve("lint.sarif"))).satisfies(SarifSchema::accepts);
  }

  @Test
  void theJarHasNoOtherJarBesideIt() throws Exception {
    CommandLine help = CommandLine.launch(dir, "java", "-jar", JAR, "--help");
    assertThat(help.out()).startsWith("Usage: java -jar trestle-lint-rules.jar");
    assertThat(help.lines()).hasSizeLessThan(25);
    assertThat(help.exit()).isZero();
  }

  private void awaitTheFuture() throws IOException {
    Path orders = dir.resolve(ORDERS);
    String text = Files.readString(orders);
    Files.writeString(orders, text.replace("logMessage(result);", "logMessage(result).join();"));
  }

  /**
   * The user's own local repository by links, and beside it, as if it had been downloaded, the jar:
   * so nothing of this build is installed anywhere.
   */
  private Path repositoryWithTheJar() throws IOException {
    Path users = Path.of(System.getProperty("trestle.repository", ""));
    Path repository = Files.createDirectories(dir.resolve("repository"));
    link(users, repository, "dev");
    Files.createDirectories(repository.resolve("dev"));
    if (Files.exists(users.resolve("dev"))) {
      link(users.resolve("dev"), repository.resolve("dev"), "trestle");
    }
    Path own = repository.resolve("dev/trestle");
    put(JAR, own, "trestle-lint-rules", ".jar");
    put(Path.of("pom.xml"), own, "trestle-lint-rules", ".pom");
    put(Path.of("../pom.xml"), own, "trestle", ".pom");
    return repository;
  }

  private static void link(Path from, Path to, String except) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (!name.equals(except)) {
          Files.createSymbolicLink(to.resolve(name), entry);
        }
      }
    }
  }

  private static void put(Path file, Path group, String artifact, String suffix)
      throws IOException {
    Path folder = Files.createDirectories(group.resolve(artifact).resolve(VERSION));
    Files.copy(file, folder.resolve(artifact + "-" + VERSION + suffix));
  }

  private CommandLine maven(Path repository) throws IOException, InterruptedException {
    return CommandLine.launch(
        dir,
        Path.of(System.getProperty("trestle.maven", ""), "bin", "mvn").toString(),
        "--offline",
        "--quiet",
        "--batch-mode",
        "-Dmaven.repo.local=" + repository,
        "-Dtrestle.version=" + VERSION,
        "compile");
  }

  private CommandLine shell(String script) throws IOException, InterruptedException {
    return CommandLine.launch(dir, "bash", script);
  }
}
