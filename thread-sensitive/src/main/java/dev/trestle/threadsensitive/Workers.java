package dev.trestle.threadsensitive;

import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
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
 * on 21 to 23, and makes the first three moot).
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

  private static final @Nullable ThreadFactory VIRTUAL_THREADS =
      VIRTUAL ? VirtualThreads.numbered(PREFIX) : null;
  private static final AtomicLong LAST = new AtomicLong();
  private static final @Nullable ThreadPoolExecutor THREADS = VIRTUAL ? null : threads();
  private static final @Nullable WorkerBound BOUND =
      THREADS == null ? null : new WorkerBound(Workers::runBounded, MAX, QUEUE);

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
  static void runBlocking(Runnable body) {
    if (BOUND == null) {
      startVirtual(body);
    } else {
      BOUND.execute(body);
    }
  }

  private static void runBounded(Runnable bodies) {
    runPromptly(
        () -> {
          PlatformWorker worker = (PlatformWorker) Thread.currentThread();
          worker.bounded = true;
          try {
            bodies.run();
          } finally {
            worker.bounded = false;
          }
        });
  }

  /**
   * The current thread begins to wait in a bridge call, and does not count against the bound until
   * {@link #waitEnds}.
   *
   * @return false if it counts against none
   */
  static boolean waitBegins() {
    boolean counts =
        BOUND != null && Thread.currentThread() instanceof PlatformWorker worker && worker.bounded;
    if (counts) {
      Objects.requireNonNull(BOUND).waitBegins();
    }
    return counts;
  }

  /** The current thread, for which {@link #waitBegins} returned true, goes on. */
  static void waitEnds() {
    Objects.requireNonNull(BOUND).waitEnds();
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

  private static void startVirtual(Runnable task) {
    Objects.requireNonNull(VIRTUAL_THREADS).newThread(task).start();
  }

  /** Runs a task that never waits behind a blocking body. */
  static void runPromptly(Runnable task) {
    if (THREADS == null) {
      startVirtual(task);
    } else {
      THREADS.execute(task);
    }
  }

  /** Whether the current thread is a worker. */
  static boolean isCurrent() {
    Thread thread = Thread.currentThread();
    return thread instanceof PlatformWorker
        || (VIRTUAL && VirtualThreads.isVirtual(thread) && thread.getName().startsWith(PREFIX));
  }

  private static ThreadPoolExecutor threads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        PlatformWorker::new);
  }

  private static final class PlatformWorker extends Thread {
    /** Whether it counts against the bound of concurrent bodies just now; its own. */
    boolean bounded;

    PlatformWorker(Runnable body) {
      super(null, body, PREFIX + LAST.incrementAndGet(), 0, false); // inherits no thread-locals
      setDaemon(true);
    }
  }
}
