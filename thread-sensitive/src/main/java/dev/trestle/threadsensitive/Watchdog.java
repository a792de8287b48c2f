package dev.trestle.threadsensitive;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what takes so long that it may never end, since nobody can see what it waits for: a
 * thread blocked in a call, and a home whose one body keeps others waiting; and an event loop of
 * ours that is held for longer than any should be. Each is logged when it has lasted a while, and
 * again each time that has doubled; and once more when it ends after all.
 *
 * <p>System properties, read once: {@code trestle.watchdog.seconds} (5) and, for event loops,
 * {@code trestle.watchdog.loopMillis} (100).
 */
final class Watchdog {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  /** How long something lasts before it is reported first. */
  private static volatile long patience =
      TimeUnit.SECONDS.toNanos(Settings.positive("trestle.watchdog.seconds", 5));

  private static final long WITH_LOOPS =
      TimeUnit.MILLISECONDS.toNanos(Settings.positive("trestle.watchdog.loopMillis", 100));

  private Watchdog() {}

  /** For tests, which have less patience. */
  static void setPatience(Duration duration) {
    patience = duration.toNanos();
  }

  static long patience() {
    return patience;
  }

  static long patienceWithLoops() {
    return WITH_LOOPS;
  }

  static void report(String what) {
    log.warn("{}\n{}", what, Calls.dump());
  }

  /** Reports what has to do with one thread only. */
  static void reportAlone(String what, @Nullable Thread thread) {
    log.warn("{}{}", what, thread == null ? "" : "\n" + WaitText.stackOf(thread));
  }

  static void withdraw(String what) {
    log.info("{}", what);
  }
}
