package dev.trestle.threadsensitive;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A thread for each task of a loop: a virtual one where workers are, else one that is kept. */
final class TaskThreads {
  private static final String PREFIX = "trestle-task-";
  private static final int IDLE_SECONDS = 10;
  private static final Executor THREADS = Workers.VIRTUAL ? virtual() : platform();

  private TaskThreads() {}

  /** Runs a body on a thread that runs nothing else meanwhile; fails if there is none to be had. */
  static void start(Runnable body) {
    THREADS.execute(body);
  }

  private static Executor virtual() {
    var threads = VirtualThreads.numbered(PREFIX);
    return body -> threads.newThread(body).start();
  }

  private static Executor platform() {
    AtomicLong last = new AtomicLong();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        body -> Homes.daemon(body, PREFIX + last.incrementAndGet()));
  }
}
