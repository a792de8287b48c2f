package dev.trestle.examples.flow;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** How long each of many things took: all of it is kept, so that what is told is exact. */
final class Latencies {
  private final int most;
  private long[] nanos = new long[1 << 10];
  private int count;

  /** Keeps no more than so many. */
  Latencies(int most) {
    this.most = most;
  }

  /**
   * What is told of them.
   *
   * @param count how many there were; if none, all else is zero
   */
  record Summary(
      int count, Duration p50, Duration p90, Duration p99, Duration p999, Duration longest) {
    static String millis(Duration time) {
      return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e6);
    }
  }

  void add(long time) {
    if (isFull()) {
      throw new IllegalStateException("there are " + most + " already");
    }
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, Math.min(most, 2 * count));
    }
    nanos[count++] = time;
  }

  boolean isFull() {
    return count == most;
  }

  Summary summary() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return new Summary(
        count,
        smallestOf(sorted, 500),
        smallestOf(sorted, 900),
        smallestOf(sorted, 990),
        smallestOf(sorted, 999),
        smallestOf(sorted, 1000));
  }

  /** The smallest that so many in a thousand do not exceed. */
  private static Duration smallestOf(long[] sorted, int perMille) {
    if (sorted.length == 0) {
      return Duration.ZERO;
    }
    long rank = ((long) perMille * sorted.length + 999) / 1000;
    return Duration.ofNanos(sorted[(int) rank - 1]);
  }
}
