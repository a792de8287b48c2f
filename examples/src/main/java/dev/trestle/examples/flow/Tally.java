package dev.trestle.examples.flow;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What came of the requests of a step, counted and timed. */
final class Tally {
  /** More than a step can have in the longest time there is. */
  private static final int MOST = 2_000_000;

  private final Map<String, Integer> endings = new TreeMap<>();
  private final Latencies latencies = new Latencies(MOST);
  private int inTime;
  private double seconds;

  /** A request had a whole answer. */
  void answered(int status, boolean right, long nanos) {
    latencies.add(nanos);
    endings.merge(right ? String.valueOf(status) : "wrong " + status, 1, Integer::sum);
  }

  /** A request had none. */
  void unanswered(String why) {
    endings.merge(why, 1, Integer::sum);
  }

  /** An answer came before the time was over. */
  void countInTime() {
    inTime++;
  }

  void end(double lasted) {
    seconds = lasted;
  }

  boolean isFull() {
    return latencies.isFull();
  }

  /** How many requests ended in which way: a status, or how they got none. */
  Map<String, Integer> endings() {
    return Collections.unmodifiableMap(endings);
  }

  Latencies.Summary latencies() {
    return latencies.summary();
  }

  double perSecond() {
    return inTime / seconds;
  }
}
