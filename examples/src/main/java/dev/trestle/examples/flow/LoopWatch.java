package dev.trestle.examples.flow;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Measures how long the loop was ever busy with one thing: how late its ticks come. */
final class LoopWatch {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private long lastTick = System.nanoTime();
  private volatile long longest;

  private LoopWatch() {}

  static LoopWatch start(Vertx vertx) {
    LoopWatch watch = new LoopWatch();
    vertx.runOnContext(
        started -> {
          watch.lastTick = System.nanoTime();
          vertx.setPeriodic(TimeUnit.NANOSECONDS.toMillis(PERIOD_NANOS), id -> watch.tick());
        });
    return watch;
  }

  private void tick() {
    long now = System.nanoTime();
    longest = Math.max(longest, now - lastTick - PERIOD_NANOS);
    lastTick = now;
  }

  /** Forgets what was before, such as the warming up of the JVM. */
  void restart() {
    longest = 0;
  }

  Duration longestStall() {
    return Duration.ofNanos(longest);
  }
}
