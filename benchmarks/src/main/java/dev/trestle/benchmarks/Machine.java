package dev.trestle.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where the benchmarks run. */
final class Machine {
  private static final String PINNED = "trestle.benchmarks.pinned";

  private Machine() {}

  static boolean isPinned() {
    return Boolean.getBoolean(PINNED);
  }

  /**
   * Runs the same command line on one core, which all JVMs that it starts inherit.
   *
   * @return its exit code
   * @throws IllegalArgumentException if there is no taskset
   */
  static int runPinned(String... args) throws InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "taskset",
                "-c",
                "0",
                System.getProperty("java.home") + "/bin/java",
                "-D" + PINNED + "=true",
                "-classpath",
                System.getProperty("java.class.path"),
                Benchmarks.class.getName()));
    command.addAll(Arrays.asList(args));
    Process process;
    try {
      process = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--pinned needs the command taskset (Linux, package util-linux): " + e.getMessage(), e);
    }
    return process.waitFor();
  }

  static String description() {
    int cores = Runtime.getRuntime().availableProcessors();
    return String.format(
        Locale.ROOT,
        "%s %s (%s), %d core%s%s, load average %.2f at the start",
        System.getProperty("java.vm.name"),
        Runtime.version(),
        System.getProperty("os.arch"),
        cores,
        cores == 1 ? "" : "s",
        isPinned() ? " (pinned)" : "",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
