package dev.trestle.benchmarks.byhand;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A place where one thread waits: it yields a few times, then parks. */
public final class Waiting {
  static final int YIELDS = 20;

  private final Thread thread;
  private volatile boolean parked;

  public Waiting(Thread thread) {
    this.thread = thread;
  }

  /** Returns when there is something, which the thread that made it so tells by {@link #wake}. */
  public void until(BooleanSupplier something) {
    for (int i = 0; i < YIELDS; i++) {
      if (something.getAsBoolean()) {
        return;
      }
      yieldOnce();
    }
    parked = true;
    while (!something.getAsBoolean()) {
      LockSupport.park(this);
    }
    parked = false;
  }

  @SuppressWarnings("ThreadPriorityCheck") // That it pays here is what was measured.
  static void yieldOnce() {
    Thread.yield();
  }

  public void wake() {
    // To unpark a thread that is awake costs as much as the rest of a hand-over.
    if (parked) {
      LockSupport.unpark(thread);
    }
  }
}
