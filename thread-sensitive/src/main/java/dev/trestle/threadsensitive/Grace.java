package dev.trestle.threadsensitive;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a caller that has given up goes on serving its call, so that a rollback still
 * finds its thread: until nothing below needs it any more, at most a second. A body that nobody
 * could tell is not waited for. All methods are the caller's.
 */
final class Grace {
  static final long LENGTH = TimeUnit.SECONDS.toNanos(1);

  private final CallerFrame<?> frame;
  private final long end = System.nanoTime() + LENGTH;
  private @Nullable Barrier barrier;

  Grace(CallerFrame<?> frame) {
    this.frame = frame;
  }

  boolean isOver() {
    return isQuiet() || remaining() <= 0;
  }

  /** In nanoseconds. */
  long remaining() {
    return end - System.nanoTime();
  }

  /**
   * Whether nothing more is to be expected from below. What the cancelled calls delivered to the
   * loop may call again, so a task that comes after that has to pass first.
   */
  private boolean isQuiet() {
    if (!frame.isToldBelow() || frame.isNeededBelow()) {
      barrier = null;
      return false;
    }
    if (barrier == null) {
      barrier = new Barrier();
      try {
        frame.delivery().execute(barrier);
      } catch (RuntimeException e) {
        barrier.passed = true; // the loop is closed, or broken
      }
    }
    return barrier.passed && !frame.isNeededBelow();
  }

  private final class Barrier implements Task.Own {
    private volatile boolean passed;

    @Override
    public void run() {
      passed = true;
      frame.signal();
    }
  }
}
