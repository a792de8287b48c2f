package dev.trestle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures a contender in a JVM of its own. */
final class Fork {
  private final Effort effort;
  private final Path logs;

  /**
   * Prepares a place for what JMH says about each.
   *
   * @param logs the folder
   */
  Fork(Effort effort, Path logs) throws IOException {
    this.effort = effort;
    this.logs = Files.createDirectories(logs);
    // It is taken anew for each contender: a second run beside this one would end it half way.
    System.setProperty("jmh.ignoreLock", "true");
  }

  /** Where JMH's own words about a contender are. */
  Path log(Contender contender) {
    return logs.resolve(contender.toString().replaceAll("[^\\w.=-]+", "_") + ".txt");
  }

  Measurement measure(Contender contender) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(contender.type().getName() + "." + contender.name()) + "$")
            .mode(contender.isSampled() ? Mode.SampleTime : Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(effort.warmups)
            .warmupTime(TimeValue.milliseconds(effort.warmupMillis))
            .measurementIterations(effort.iterations)
            .measurementTime(TimeValue.milliseconds(effort.iterationMillis))
            .jvmArgs(jvmArgs().toArray(new String[0]))
            .addProfiler(GCProfiler.class)
            .timeout(TimeValue.seconds(60))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.NORMAL)
            .output(log(contender).toString());
    contender.parameters().forEach((name, value) -> options.param(name, value));
    return Measurement.of(new Runner(options.build()).runSingle(), contender.isSampled());
  }

  /** The same collector on one core as on several; what the peers need not to warn. */
  private static List<String> jvmArgs() {
    List<String> args = new ArrayList<>(List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC"));
    if (Runtime.version().feature() >= 24) {
      args.add("--enable-native-access=ALL-UNNAMED");
      args.add("--sun-misc-unsafe-memory-access=allow");
    }
    return args;
  }
}
