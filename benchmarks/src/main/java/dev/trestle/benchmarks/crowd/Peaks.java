package dev.trestle.benchmarks.crowd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.IterationParams;

/** The most that there was at one time. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Peaks {
  private static final Path STATUS = Path.of("/proc/self/status");

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** Among how many iterations the peak is divided, which JMH adds up. */
  private int iterations = 1;

  @Setup(Level.Iteration)
  public void begin(IterationParams iteration) {
    iterations = iteration.getCount();
    threads.resetPeakThreadCount();
  }

  /** Platform threads in an iteration. */
  public double mostThreads() {
    return (double) threads.getPeakThreadCount() / iterations;
  }

  /** The process's memory in megabytes, so far; nothing where the system does not tell. */
  public double mostMegabytes() {
    if (!Files.exists(STATUS)) {
      return Double.NaN;
    }
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmHWM:")) {
          return Double.parseDouble(line.replaceAll("\\D", "")) / 1024 / iterations;
        }
      }
      return Double.NaN;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
