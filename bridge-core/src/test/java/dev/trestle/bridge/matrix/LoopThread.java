package dev.trestle.bridge.matrix;

import dev.trestle.Patience;
import dev.trestle.bridge.EventLoop;
import java.util.Collection;
import java.util.concurrent.Callable;

/** The thread of one loop, or of several, on which one part of the tests' code runs at a time. */
final class LoopThread {
  private final Thread thread;

  /** The thread that runs such a part, the loop's own or a task's. */
  private volatile Thread holder;

  LoopThread(Thread thread) {
    this.thread = thread;
  }

  Thread thread() {
    return thread;
  }

  /** Runs a part, in which nothing else may run on the thread. */
  <R> R hold(EventLoop loop, Collection<Throwable> wrong, Callable<R> part) throws Exception {
    Thread outer = holder;
    Thread current = Thread.currentThread();
    if (outer != null && outer != current) {
      wrong.add(new AssertionError("'" + current.getName() + "' runs while " + loop + " is held"));
    }
    holder = current;
    try {
      loop.execute(
          () -> {
            if (holder != null) {
              wrong.add(new AssertionError("a callback runs while " + loop + " is held"));
            }
          });
      Patience.randomMoment(); // for the callback to come in, if it could
      return part.call();
    } finally {
      holder = outer;
    }
  }
}
