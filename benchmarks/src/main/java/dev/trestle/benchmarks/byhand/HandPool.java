package dev.trestle.benchmarks.byhand;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A pool that one thread gives work to: a linked queue, the first of which was taken already. */
public final class HandPool implements AutoCloseable {
  private static final AtomicReferenceFieldUpdater<HandPool, Task> TAKEN =
      AtomicReferenceFieldUpdater.newUpdater(HandPool.class, Task.class, "taken");

  private volatile Task taken = new Task() {};

  /** Belongs to the thread that gives work. */
  private Task last = taken;

  /** How many workers look for work: while there is one, nobody has to be woken. */
  private final AtomicInteger searching = new AtomicInteger();

  /** Guarded by itself. */
  private final Deque<Worker> sleeping = new ArrayDeque<>();

  private volatile boolean closed;

  public HandPool(int threads) {
    searching.set(threads);
    for (int i = 0; i < threads; i++) {
      new Worker("hand-pool-" + i).start();
    }
  }

  /** Takes work; always from the same thread. */
  public void execute(Task task) {
    last.after = task;
    last = task;
    if (searching.get() == 0) {
      wakeOne();
    }
  }

  private void wakeOne() {
    Worker worker;
    synchronized (sleeping) {
      worker = sleeping.poll();
      if (worker != null) {
        searching.incrementAndGet();
        worker.asleep = false;
      }
    }
    LockSupport.unpark(worker);
  }

  private boolean isEmpty() {
    return taken.after == null;
  }

  private @Nullable Task poll() {
    while (true) {
      Task before = taken;
      Task task = before.after;
      if (task == null) {
        if (taken == before) {
          return null;
        }
      } else if (TAKEN.compareAndSet(this, before, task)) {
        // An old task must not keep all later ones alive.
        before.after = null;
        return task;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (sleeping) {
      sleeping.forEach(LockSupport::unpark);
    }
  }

  private final class Worker extends Thread {
    private volatile boolean asleep;

    Worker(String name) {
      super(name);
      setDaemon(true);
    }

    @Override
    public void run() {
      while (!closed) {
        Task task = search();
        if (task == null) {
          sleepUntilWork();
        } else {
          searching.decrementAndGet();
          while (task != null) {
            task.runInPool();
            task = poll();
          }
          searching.incrementAndGet();
        }
      }
    }

    private @Nullable Task search() {
      Task task = poll();
      for (int i = 0; task == null && i < Waiting.YIELDS; i++) {
        Waiting.yieldOnce();
        task = poll();
      }
      return task;
    }

    private void sleepUntilWork() {
      synchronized (sleeping) {
        asleep = true;
        sleeping.push(this);
      }
      searching.decrementAndGet();
      // Guard against race with execute, which may have seen this thread search.
      while (asleep && isEmpty() && !closed) {
        LockSupport.park(HandPool.this);
      }
      synchronized (sleeping) {
        if (sleeping.remove(this)) {
          searching.incrementAndGet();
        }
      }
    }
  }
}
