package dev.trestle.threadsensitive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that are kept for a while when they have nothing to do. Bodies are bounded, and wait for
 * their turn; a body that waits in a bridge call does not count, since what it waits for may need a
 * thread. Tasks are not bounded.
 *
 * <p>Whatever may run and has no thread of its own is due, and for each that is due an idle worker
 * was called, so that it waits for no other. Yet it belongs to none: whoever becomes free before a
 * called worker has woken up takes it, and a called worker that finds nothing is idle again.
 */
final class WorkerPool {
  private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);

  /** Tells a worker to end. */
  static final Runnable END = () -> {};

  private final ThreadFactory threads;
  private final int max;
  private final int mostWaiting;
  private final int mostIdle;
  private final long idleNanos;

  // Guarded by this.
  private final Deque<BlockingCall<?>> waiting = new ArrayDeque<>();
  private final Deque<Runnable> dueTasks = new ArrayDeque<>();
  private final Deque<BlockingCall<?>> dueBodies = new ArrayDeque<>();

  /** How many bodies are due or run, without those that wait in a bridge call. */
  private int running;

  /** The worker that became idle last; each is linked to the one before. */
  private @Nullable Worker idle;

  private int idlers;

  /** How many workers were woken and have not arrived. */
  private int called;

  /**
   * Makes a pool.
   *
   * @param threads makes the threads
   * @param max how many bodies run at once
   * @param mostWaiting how many more are taken
   * @param mostIdle how many workers are kept
   * @param idleNanos for how long; 0 for ever
   */
  WorkerPool(ThreadFactory threads, int max, int mostWaiting, int mostIdle, long idleNanos) {
    this.threads = threads;
    this.max = max;
    this.mostWaiting = mostWaiting;
    this.mostIdle = mostIdle;
    this.idleNanos = idleNanos;
  }

  /**
   * Runs a body when it is its turn.
   *
   * @throws BridgeException if too many wait
   */
  void runBody(BlockingCall<?> body) {
    boolean isDue;
    Worker next;
    synchronized (this) {
      if (running >= max) {
        if (waiting.size() >= mostWaiting) {
          throw new BridgeException(
              "the workers took no more: "
                  + max
                  + " are busy and "
                  + mostWaiting
                  + " bodies wait; limit the calls, or raise trestle.workers.max or"
                  + " trestle.workers.queue");
        }
        waiting.add(body);
        return;
      }
      isDue = canTake() && dueBodies.add(body);
      running++;
      next = call();
    }
    wake(next);
    if (!isDue) {
      try {
        start(body, true);
      } catch (Throwable e) {
        bodyHasNoThread(e);
        throw e;
      }
    }
  }

  /** Runs a task that waits for no body. */
  void runTask(Runnable task) {
    boolean isDue;
    Worker next;
    synchronized (this) {
      isDue = canTake() && dueTasks.add(task);
      next = call();
    }
    wake(next);
    if (!isDue) {
      start(task, false);
    }
  }

  /** Whether the current thread is a worker. */
  boolean isCurrent() {
    return Worker.current(this) != null;
  }

  /**
   * The current thread begins to wait in a bridge call.
   *
   * @return whether it does not count until {@link #waitEnds}, and did before
   */
  boolean waitBegins() {
    Worker worker = Worker.current(this);
    if (worker == null || !worker.counts) {
      return false;
    }
    countsNoMore(worker);
    return true;
  }

  /** The body of the current thread goes on, though all may be busy by now. */
  void waitEnds() {
    Worker worker = Worker.current(this);
    if (worker != null) {
      worker.counts = true;
      synchronized (this) {
        running++;
      }
    }
  }

  /** The body of a worker leaves its place to the next that waits. */
  void countsNoMore(Worker worker) {
    BlockingCall<?> body;
    boolean isDue;
    Worker next;
    worker.counts = false;
    synchronized (this) {
      running--;
      body = pollWaiting();
      if (body == null) {
        return;
      }
      isDue = canTake() && dueBodies.add(body);
      next = call();
    }
    wake(next);
    if (!isDue) {
      try {
        start(body, true);
      } catch (Throwable e) {
        synchronized (this) {
          waiting.addFirst(body);
        }
        bodyHasNoThread(e);
        log.error("the workers got no thread; a call waits for one that is free", e);
      }
    }
  }

  /** Guard against hanging: those that wait are taken by workers that run others, or else fail. */
  private void bodyHasNoThread(Throwable reason) {
    Deque<BlockingCall<?>> left;
    synchronized (this) {
      running--;
      if (running > 0) {
        return;
      }
      left = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    left.forEach(body -> body.refuse(Workers.withoutThread(reason)));
  }

  // ---- for the workers

  /** How long a worker may be idle; 0 for ever. */
  long idleNanos() {
    return idleNanos;
  }

  /** What a worker runs next; END if it has to end; null if there is nothing, and it is idle. */
  synchronized @Nullable Runnable next(Worker worker) {
    if (worker.called) {
      worker.called = false;
      called--;
    }
    Runnable task = take(worker);
    if (task == null) {
      if (idlers >= mostIdle) {
        return END;
      }
      worker.below = idle;
      idle = worker;
      idlers++;
    }
    return task;
  }

  /** An idle worker is to end; false if it was called. */
  synchronized boolean leave(Worker worker) {
    if (worker.called) {
      return false; // Guard against race with a call.
    }
    unlink(worker);
    return true;
  }

  // ---- under the lock

  /** Whether one more may be due, and needs no new thread. */
  private boolean canTake() {
    return idle != null || due() < called;
  }

  private int due() {
    return dueTasks.size() + dueBodies.size();
  }

  /** Calls a worker if more are due than were called. */
  private @Nullable Worker call() {
    Worker worker = idle;
    if (worker == null || due() <= called) {
      return null;
    }
    idle = worker.below;
    idlers--;
    worker.below = null;
    worker.called = true;
    called++;
    return worker;
  }

  /** Takes a worker that need not be the last out of those that are idle. */
  private void unlink(Worker worker) {
    if (idle == worker) {
      idle = worker.below;
    } else {
      Worker above = idle;
      while (above != null && above.below != worker) {
        above = above.below;
      }
      if (above != null) {
        above.below = worker.below;
      }
    }
    worker.below = null;
    idlers--;
  }

  /** Takes what a worker runs next, which may count. */
  private @Nullable Runnable take(Worker worker) {
    BlockingCall<?> body = null;
    if (worker.counts) {
      worker.counts = false;
      running--;
      body = pollWaiting();
    }
    if (body == null) {
      Runnable task = dueTasks.poll();
      if (task != null) {
        return task;
      }
      body = dueBodies.poll();
    }
    if (body == null) {
      body = pollWaiting(); // there are some only if a thread could not be had
    }
    worker.counts = body != null;
    return body;
  }

  /** Takes the next body whose turn it is. */
  private @Nullable BlockingCall<?> pollWaiting() {
    BlockingCall<?> body = running < max ? waiting.poll() : null;
    if (body != null) {
      running++;
    }
    return body;
  }

  private static void wake(@Nullable Worker worker) {
    if (worker != null) {
      worker.wake();
    }
  }

  private void start(Runnable first, boolean counts) {
    new Worker(this, threads, first, counts).start();
  }
}
