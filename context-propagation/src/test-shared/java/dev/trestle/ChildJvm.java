package dev.trestle;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A JVM of its own, for what is read once, such as system properties, and for how a JVM ends. */
public final class ChildJvm {
  private static final long LIMIT_SECONDS = 25;

  private final Class<?> program;
  private final List<String> options = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");

  private ChildJvm(Class<?> program) {
    this.program = program;
  }

  /** A JVM for the main method of a class; it throws what it has to complain of. */
  public static ChildJvm of(Class<?> program) {
    return new ChildJvm(program);
  }

  /** Sets a system property. */
  public ChildJvm with(String property, Object value) {
    options.add("-D" + property + "=" + value);
    return this;
  }

  /** Leaves it only these modules of the JDK, and what they need. */
  public ChildJvm withModules(String names) {
    options.add("--limit-modules=" + names);
    return this;
  }

  /** Lets it print what it does of this kind, as {@code -verbose} says it. */
  public ChildJvm withVerbose(String kind) {
    options.add("-verbose:" + kind);
    return this;
  }

  /** Puts a directory in front of the class path, which else is this JVM's. */
  public ChildJvm withClasses(Path directory) {
    classPath = directory + File.pathSeparator + classPath;
    return this;
  }

  /** Waits until it has ended well, and returns what it printed and logged. */
  public String run(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // it lives too short to be worth more
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, program.getName()));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    Path printed = Files.createTempFile("child", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, SECONDS);
      String output = Files.readString(printed);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError((ended ? "it failed:\n" : "it did not end:\n") + output);
      }
      return output;
    } finally {
      process.destroyForcibly();
      Files.delete(printed);
    }
  }
}
