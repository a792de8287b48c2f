package dev.trestle.threadsensitive;

import java.time.Duration;

/** When a call is over at the latest; the calls below that inherit it have the same one. */
final class Deadline {
  /** As {@link System#nanoTime}. */
  private final long at;

  /** The time limit that it comes from. */
  final Duration limit;

  /** Begins now. */
  Deadline(Duration limit) {
    this.at = System.nanoTime() + nanos(limit);
    this.limit = limit;
  }

  boolean isBefore(Deadline other) {
    return at - other.at < 0;
  }

  /** The nanoseconds until it comes; negative if it has come. */
  long remaining() {
    return at - System.nanoTime();
  }

  boolean isOver() {
    return remaining() <= 0;
  }

  /** Whether it came a while ago, so that what it could end has ended. */
  boolean isLongOver() {
    return remaining() < -Grace.LENGTH;
  }

  static long nanos(Duration duration) {
    try {
      return Math.min(duration.toNanos(), Long.MAX_VALUE / 2);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE / 2; // 146 years are as good as for ever
    }
  }
}
