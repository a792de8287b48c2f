package dev.trestle.threadsensitive;

import java.util.concurrent.TimeUnit;

/**
 * What a thread does before it parks: on a shared machine it pays to give way a few times first,
 * since what it waits for often comes meanwhile, and then nobody has to wake it.
 *
 * <p>System property, read once: {@code trestle.yields} (20), the most in one wait; with 0 a thread
 * parks at once.
 */
final class Yields {
  private static final int MOST = Settings.orZero("trestle.yields", 20);

  /** Who was away for longer has met a busy processor, which others need more. */
  private static final long LONG = TimeUnit.MICROSECONDS.toNanos(20);

  private Yields() {}

  /**
   * How often the current thread may yield in the wait that it begins. A virtual one may not: where
   * there are few carriers it would keep others from running.
   */
  static int allowed() {
    return MOST > 0 && VirtualThreads.isVirtual(Thread.currentThread()) ? 0 : MOST;
  }

  /** Yields once, and returns how often the thread may do so again. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it only puts off the parking
  static int giveWay(int left) {
    long before = System.nanoTime();
    Thread.yield();
    return System.nanoTime() - before > LONG ? 0 : left - 1;
  }
}
