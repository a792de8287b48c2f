package dev.trestle.threadsensitive;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shared threads: for concurrent blocking bodies, which are bounded where a thread is dear, and
 * for what must never wait behind a blocking body: dependents, and the tasks of a loop whose own
 * thread is busy.
 *
 * <p>System properties, read once: {@code trestle.workers.max} (64), {@code trestle.workers.queue}
 * (10000), {@code trestle.workers.idleSeconds} (60) and {@code trestle.workers.virtual} (true on
 * JDK 24 and later, where a virtual thread that waits for a monitor holds no carrier; it may be set
 * on 21 to 23, and makes the first three moot). A worker is used again: what a body leaves in a
 * thread-local of its own, another may find there.
 */
final class Workers {
  private static final Logger log = LoggerFactory.getLogger(Workers.class);
  private static final String PREFIX = "trestle-worker-";
  private static final int MAX = Settings.positive("trestle.workers.max", 64);
  private static final int QUEUE = Settings.positive("trestle.workers.queue", 10_000);
  private static final int IDLE_SECONDS = Settings.positive("trestle.workers.idleSeconds", 60);
  static final boolean VIRTUAL =
      Settings.is("trestle.workers.virtual", "true", "false", VirtualThreads.PREFERRED)
          && VirtualThreads.AVAILABLE;

  /** So many stay, for ever: one costs little, and its kind of park with a limit allocates. */
  private static final int MOST_IDLE_VIRTUAL = 256;

  private static final WorkerPool POOL =
      VIRTUAL
          ? new WorkerPool(VirtualThreads.numbered(PREFIX), MAX, QUEUE, MOST_IDLE_VIRTUAL, 0)
          : new WorkerPool(
              platform(), MAX, QUEUE, Integer.MAX_VALUE, TimeUnit.SECONDS.toNanos(IDLE_SECONDS));

  /** Runs dependents on a worker: in place on one, else on one that is free or new. */
  static final Delivery DELIVERY =
      new Delivery() {
        @Override
        public boolean isCurrent() {
          return Workers.isCurrent() && !CallerLoop.isRunning();
        }

        @Override
        public void execute(Runnable task) {
          runPromptly(task);
        }

        @Override
        public String toString() {
          return "a worker";
        }
      };

  private Workers() {}

  /**
   * Runs a blocking body; never blocks the caller.
   *
   * @throws BridgeException if all threads are busy and the line is full
   */
  static void runBlocking(BlockingCall<?> body) {
    if (VIRTUAL) {
      POOL.runTask(body);
    } else {
      POOL.runBody(body);
    }
  }

  /** Why a body was refused that got no thread. */
  static BridgeException withoutThread(Throwable cause) {
    return new BridgeException("the workers got no thread for a call", cause);
  }

  /**
   * The current thread begins to wait in a bridge call, and does not count against the bound until
   * {@link #waitEnds}.
   *
   * @return false if it counts against none
   */
  static boolean waitBegins() {
    return POOL.waitBegins();
  }

  /** The current thread, for which {@link #waitBegins} returned true, goes on. */
  static void waitEnds() {
    POOL.waitEnds();
  }

  /** Waits; on a worker of a fork-join pool that gets another meanwhile, as with join. */
  static void compensating(Runnable wait, BooleanSupplier isOver) {
    if (!(Thread.currentThread() instanceof ForkJoinWorkerThread)) {
      wait.run();
      return;
    }
    try {
      ForkJoinPool.managedBlock(
          new ForkJoinPool.ManagedBlocker() {
            private boolean waited;

            @Override
            public boolean block() {
              waited = true;
              wait.run();
              return true;
            }

            @Override
            public boolean isReleasable() {
              return waited || isOver.getAsBoolean();
            }
          });
    } catch (InterruptedException e) {
      throw new AssertionError("the wait notes interrupts by itself", e);
    }
  }

  /** Runs a task as {@link #runPromptly} does; here if no thread can be had, which beats never. */
  static void runPromptlyOrHere(Runnable task) {
    try {
      runPromptly(task);
    } catch (Throwable e) {
      log.error("the workers got no thread; a task runs on '{}'", currentName(), e);
      task.run();
    }
  }

  private static String currentName() {
    return Thread.currentThread().getName();
  }

  /** Runs a task that never waits behind a blocking body. */
  static void runPromptly(Runnable task) {
    POOL.runTask(task);
  }

  /** Whether the current thread is a worker. */
  static boolean isCurrent() {
    return POOL.isCurrent();
  }

  private static ThreadFactory platform() {
    AtomicLong last = new AtomicLong();
    return body -> Homes.daemon(body, PREFIX + last.incrementAndGet());
  }
}
