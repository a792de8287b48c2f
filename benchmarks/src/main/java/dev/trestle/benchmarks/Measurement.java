package dev.trestle.benchmarks;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * What JMH said about one contender.
 *
 * @param score nanoseconds per operation
 * @param min the score of the fastest iteration
 * @param max the score of the slowest
 * @param bytes what one operation allocated, on any thread, in the iteration that had the least
 * @param more p50 and p99 if sampled, in nanoseconds, and what the case counts itself
 */
record Measurement(double score, double min, double max, double bytes, Map<String, Double> more) {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  static Measurement of(RunResult result, boolean sampled) {
    var secondary = result.getSecondaryResults();
    Map<String, Double> more = new TreeMap<>();
    if (sampled) {
      Statistics operations = result.getPrimaryResult().getStatistics();
      more.put("p50", operations.getPercentile(50));
      more.put("p99", operations.getPercentile(99));
    } else {
      secondary.forEach(
          (label, each) -> {
            if (!label.contains("gc.")) {
              more.put(label, each.getScore());
            }
          });
    }
    DoubleSummaryStatistics iterations =
        result.getBenchmarkResults().stream()
            .map(fork -> fork.getIterationResults())
            .flatMap(Collection::stream)
            .collect(Collectors.summarizingDouble(each -> each.getPrimaryResult().getScore()));
    return new Measurement(
        result.getPrimaryResult().getScore(),
        iterations.getMin(),
        iterations.getMax(),
        Objects.requireNonNull(secondary.get(ALLOCATED), ALLOCATED).getStatistics().getMin(),
        more);
  }

  /** Fields between tabs, the last as {@code p50=120.0 p99=400.0}. */
  String line() {
    String named = more.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    return score + "\t" + min + "\t" + max + "\t" + bytes + "\t" + named;
  }

  /**
   * Reads a line.
   *
   * @throws RuntimeException if it is not whole
   */
  static Measurement ofLine(String line) {
    String[] fields = line.split("\t", -1);
    Map<String, Double> more = new TreeMap<>();
    for (String named : fields[4].isEmpty() ? new String[0] : fields[4].split(" ")) {
      int equals = named.lastIndexOf('=');
      more.put(named.substring(0, equals), Double.valueOf(named.substring(equals + 1)));
    }
    return new Measurement(
        Double.parseDouble(fields[0]),
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        more);
  }
}
