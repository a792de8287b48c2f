package dev.trestle.threadsensitive;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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
  private static final String PREFIX = "trestle-worker-";
  private static final int MAX = positive("trestle.workers.max", 64);
  private static final int QUEUE = positive("trestle.workers.queue", 10_000);
  private static final int IDLE_SECONDS = positive("trestle.workers.idleSeconds", 60);
  private static final boolean VIRTUAL =
      VirtualThreads.AVAILABLE
          && Boolean.parseBoolean(
              System.getProperty(
                  "trestle.workers.virtual", String.valueOf(VirtualThreads.PREFERRED)));

  private static final ThreadFactory THREADS =
      VIRTUAL ? VirtualThreads.numbered(PREFIX) : new PlatformThreads();

  private static final @Nullable ThreadPoolExecutor BLOCKING = VIRTUAL ? null : bounded();
  private static final @Nullable ThreadPoolExecutor PROMPT = VIRTUAL ? null : unbounded();

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
    if (BLOCKING == null) {
      THREADS.newThread(body).start();
    } else {
      BLOCKING.execute(body);
    }
  }

  /** Runs a task that never waits behind a blocking body. */
  static void runPromptly(Runnable task) {
    if (PROMPT == null) {
      THREADS.newThread(task).start();
    } else {
      PROMPT.execute(task);
    }
  }

  /** Whether the current thread is a worker. */
  static boolean isCurrent() {
    Thread thread = Thread.currentThread();
    return thread instanceof PlatformWorker
        || (VIRTUAL && VirtualThreads.isVirtual(thread) && thread.getName().startsWith(PREFIX));
  }

  private static ThreadPoolExecutor bounded() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            MAX,
            MAX,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            THREADS,
            (body, full) -> {
              throw new BridgeException(
                  "the workers took no more: "
                      + MAX
                      + " are busy and "
                      + QUEUE
                      + " bodies wait; limit the calls, or raise trestle.workers.max or"
                      + " trestle.workers.queue");
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadPoolExecutor unbounded() {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), THREADS);
  }

  private static int positive(String property, int otherwise) {
    Integer value = Integer.getInteger(property, otherwise);
    if (value <= 0) {
      throw new IllegalArgumentException(
          "system property " + property + " must be more than zero, but is " + value);
    }
    return value;
  }

  private static final class PlatformThreads implements ThreadFactory {
    private final AtomicLong last = new AtomicLong();

    @Override
    public Thread newThread(Runnable body) {
      return new PlatformWorker(body, PREFIX + last.incrementAndGet());
    }
  }

  private static final class PlatformWorker extends Thread {
    PlatformWorker(Runnable body, String name) {
      super(null, body, name, 0, false); // inherits no thread-locals
      setDaemon(true);
    }
  }
}
