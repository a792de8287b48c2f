package dev.trestle.threadsensitive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many bodies run at once, and which wait for their turn. A body that waits in a bridge call
 * does not count: what it waits for may need a thread.
 */
final class WorkerBound {
  private static final Logger log = LoggerFactory.getLogger(WorkerBound.class);

  private final Executor threads;
  private final int max;
  private final int mostWaiting;

  // Guarded by this.
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * Makes a bound.
   *
   * @param threads gives a thread to each that may run
   */
  WorkerBound(Executor threads, int max, int mostWaiting) {
    this.threads = threads;
    this.max = max;
    this.mostWaiting = mostWaiting;
  }

  /**
   * Runs a body when it is its turn.
   *
   * @throws BridgeException if too many wait
   */
  void execute(Runnable body) {
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
      running++;
    }
    try {
      start(body);
    } catch (Throwable e) {
      leave();
      throw e;
    }
  }

  private void start(Runnable first) {
    threads.execute(
        () -> {
          for (Runnable body = first; body != null; body = next()) {
            try {
              body.run();
            } catch (Throwable e) {
              log.error("a worker could not complete a call", e);
            }
          }
        });
  }

  /** What this thread runs next; null if it has to go. */
  private synchronized @Nullable Runnable next() {
    Runnable next = running > max ? null : waiting.poll();
    if (next == null) {
      running--;
    }
    return next;
  }

  private synchronized void leave() {
    running--;
  }

  /** The body of the current thread waits in a bridge call from now on. */
  void waitBegins() {
    Runnable next;
    synchronized (this) {
      running--;
      next = running < max ? waiting.poll() : null;
      if (next == null) {
        return;
      }
      running++;
    }
    try {
      start(next);
    } catch (Throwable e) {
      log.error("the workers got no thread; a call waits for one that is free", e);
      synchronized (this) {
        running--;
        waiting.addFirst(next);
      }
    }
  }

  /** The body of the current thread goes on, though all may be busy by now. */
  synchronized void waitEnds() {
    running++;
  }
}
