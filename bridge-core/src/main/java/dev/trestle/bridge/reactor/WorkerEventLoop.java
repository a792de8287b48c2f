package dev.trestle.bridge.reactor;

import dev.trestle.bridge.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A worker of a scheduler: one task at a time, in order, wherever the scheduler runs it. */
final class WorkerEventLoop implements EventLoop {
  private static final ThreadLocal<@Nullable WorkerEventLoop> RUNNING = new ThreadLocal<>();
  private static final ThreadLocal<@Nullable WorkerEventLoop> IN_PLACE = new ThreadLocal<>();

  private final Scheduler scheduler;
  private final Scheduler.Worker worker;
  private final String name;

  WorkerEventLoop(Scheduler scheduler, String name) {
    this.scheduler = scheduler;
    this.worker = scheduler.createWorker();
    this.name = name;
  }

  /** The loop whose task the current thread is running, or null. */
  static @Nullable EventLoop runningOrNull() {
    return RUNNING.get();
  }

  /** The same each time for a thread to which there is no way back. */
  static EventLoop inPlaceOfThisThread() {
    WorkerEventLoop known = IN_PLACE.get();
    if (known == null || known.isClosed()) { // Schedulers.shutdownNow() and the like
      known = new WorkerEventLoop(Schedulers.parallel(), Thread.currentThread().getName());
      IN_PLACE.set(known);
    }
    return known;
  }

  @Override
  public void execute(Runnable task) {
    var unused = worker.schedule(() -> run(task));
  }

  @Override
  public boolean isCurrent() {
    return RUNNING.get() == this;
  }

  @Override
  public boolean isClosed() {
    return scheduler.isDisposed();
  }

  @Override
  public String toString() {
    return "event loop '" + name + "'";
  }

  private void run(Runnable task) {
    WorkerEventLoop outer = RUNNING.get(); // a task of another may run this one in its place
    RUNNING.set(this);
    try {
      task.run();
    } finally {
      if (outer == null) {
        RUNNING.remove();
      } else {
        RUNNING.set(outer);
      }
    }
  }
}
