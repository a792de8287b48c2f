package dev.trestle.threadsensitive;

import java.util.concurrent.locks.LockSupport;

/** The time in which a task has its loop: the loop's thread stands still until it is over. */
final class Turn {
  private final Thread host = Thread.currentThread();

  /** Whether the task has ended with this turn; written before {@link #over}. */
  private boolean last;

  private volatile boolean over;

  /** Whether the host has to be woken. */
  private volatile boolean parked;

  /**
   * Waits for the end; the loop's thread does. An interrupt is kept for what comes after.
   *
   * @return whether the task has ended
   */
  boolean await() {
    for (int yields = Yields.allowed(); !over && yields > 0; ) {
      yields = Yields.giveWay(yields);
    }
    boolean interrupted = false;
    parked = true;
    while (!over) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      host.interrupt();
    }
    return last;
  }

  /** Ends the turn; the task's thread does. */
  void end(boolean taskEnded) {
    last = taskEnded;
    over = true;
    if (parked) {
      LockSupport.unpark(host);
    }
  }
}
