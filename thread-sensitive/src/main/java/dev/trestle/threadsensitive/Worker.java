package dev.trestle.threadsensitive;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread of a pool: runs what the pool has for it, and sleeps when that is nothing. */
final class Worker implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  private static final ThreadLocal<@Nullable Worker> ON_THREAD = new ThreadLocal<>();

  private final WorkerPool pool;
  private final Thread thread;

  /** What it was started for; its own. */
  private @Nullable Runnable first;

  /** Whether the body that it runs counts against the bound; its own. */
  boolean counts;

  /** The next in the stack of the idle; guarded by the pool. */
  @Nullable Worker below;

  /** Whether it was idle, and is so no more; written under the lock of the pool. */
  volatile boolean called;

  /** Whether it has to be woken; read by who calls, who has set {@link #called} before. */
  private volatile boolean parked;

  /**
   * Makes a worker, which runs a task when it is started.
   *
   * @param counts whether the task counts against the bound
   */
  Worker(WorkerPool pool, ThreadFactory threads, Runnable first, boolean counts) {
    this.pool = pool;
    this.first = first;
    this.counts = counts;
    this.thread = threads.newThread(this);
  }

  /** The worker of a pool that the current thread is; null if it is none. */
  static @Nullable Worker current(WorkerPool pool) {
    Worker worker = ON_THREAD.get();
    return worker != null && worker.pool == pool ? worker : null;
  }

  void start() {
    thread.start();
  }

  /** It was called, and need not have seen that. */
  void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    ON_THREAD.set(this);
    boolean goesOn = true;
    try {
      while (goesOn) {
        goesOn = runNext();
      }
    } finally {
      if (counts) {
        pool.countsNoMore(this); // not even an error could be logged
      }
    }
  }

  /** Runs one task, or waits; what the task holds can be collected when this returns. */
  private boolean runNext() {
    Runnable task = first;
    if (task != null) {
      first = null;
    } else {
      task = pool.next(this);
    }
    if (task == null) {
      return awaitCall();
    }
    if (task == WorkerPool.END) {
      return false;
    }
    Thread.interrupted(); // what another left, or sent too late
    try {
      task.run();
    } catch (Throwable e) {
      log.error("a task failed on thread '{}'", thread.getName(), e);
    }
    return true;
  }

  /** Waits while it is idle; false if that was for too long, and it has to end. */
  private boolean awaitCall() {
    for (int yields = Yields.allowed(); !called && yields > 0; ) {
      yields = Yields.giveWay(yields);
    }
    if (called) {
      return true;
    }
    parked = true;
    long limit = pool.idleNanos();
    long since = limit == 0 ? 0 : System.nanoTime();
    while (!called) {
      if (limit == 0) {
        LockSupport.park(pool);
      } else {
        long left = limit - (System.nanoTime() - since);
        if (left > 0) {
          LockSupport.parkNanos(pool, left);
        } else if (pool.leave(this)) {
          return false;
        }
      }
      Thread.interrupted(); // else it could not sleep
    }
    parked = false;
    return true;
  }
}
