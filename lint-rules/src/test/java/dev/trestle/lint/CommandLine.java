package dev.trestle.lint;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the command line as a user would: in a process of its own, or quicker in this one. */
record CommandLine(int exit, String out, String err) {
  private static final long LIMIT_SECONDS = 120;

  /** A tool runs too short for the JVM's second compiler to pay. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  static CommandLine run(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    int exit =
        Main.run(
            words,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new CommandLine(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static CommandLine process(Path directory, Object... args)
      throws IOException, InterruptedException {
    return tool(
        directory, "java", concat(List.of(QUICK, "-cp", classes(), Main.class.getName()), args));
  }

  static CommandLine javac(Path directory, Object... args)
      throws IOException, InterruptedException {
    return tool(
        directory, "javac", concat(List.of("-J" + QUICK, "-processorpath", classes()), args));
  }

  List<String> lines() {
    return out.lines().toList();
  }

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, text);
  }

  private static List<String> concat(List<String> first, Object... rest) {
    List<String> words = new ArrayList<>(first);
    for (Object word : rest) {
      words.add(word.toString());
    }
    return words;
  }

  // The checker alone: the tests' own class path would hide a dependency it must not have.
  private static String classes() {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
    for (String entry : entries) {
      if (Files.exists(Path.of(entry, "META-INF/services/com.sun.source.util.Plugin"))) {
        return Path.of(entry).toAbsolutePath().toString();
      }
    }
    throw new IllegalStateException("the module's classes are not on the class path");
  }

  /** Runs any program; the Java tools that it finds are those of this JVM. */
  static CommandLine launch(Path directory, String program, Object... args)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(concat(List.of(program), args))
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    String java = System.getProperty("java.home");
    builder.environment().put("JAVA_HOME", java);
    builder.environment().put("CLASSPATH", "");
    builder.environment().put("MAVEN_OPTS", QUICK);
    builder
        .environment()
        .merge(
            "PATH", Path.of(java, "bin").toString(), (old, bin) -> bin + File.pathSeparator + old);
    Process process = builder.start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running after two minutes: " + builder.command());
    }
    return new CommandLine(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static CommandLine tool(Path directory, String tool, List<String> args)
      throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", tool).toString();
    return launch(directory, program, args.toArray());
  }
}
