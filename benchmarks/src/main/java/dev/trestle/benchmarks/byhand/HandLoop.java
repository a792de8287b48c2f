package dev.trestle.benchmarks.byhand;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A loop: a stack that any thread pushes to, and its one thread takes whole and turns round. */
public final class HandLoop implements AutoCloseable {
  private final AtomicReference<@Nullable Task> pushed = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "hand-loop");
  private final Waiting waiting = new Waiting(thread);
  private final BooleanSupplier something = this::isSomethingToDo;
  private volatile boolean closed;

  public static HandLoop start() {
    HandLoop loop = new HandLoop();
    loop.thread.setDaemon(true);
    loop.thread.start();
    return loop;
  }

  public Thread thread() {
    return thread;
  }

  public void execute(Task task) {
    Task below;
    do {
      below = pushed.get();
      task.below = below;
    } while (!pushed.compareAndSet(below, task));
    if (below == null) {
      waiting.wake();
    }
  }

  private void run() {
    while (!closed) {
      waiting.until(something);
      Task next = reversed(pushed.getAndSet(null));
      while (next != null) {
        Task task = next;
        next = task.below;
        task.runOnLoop();
      }
    }
  }

  private boolean isSomethingToDo() {
    return pushed.get() != null || closed;
  }

  private static @Nullable Task reversed(@Nullable Task last) {
    Task first = null;
    Task rest = last;
    while (rest != null) {
      Task below = rest.below;
      rest.below = first;
      first = rest;
      rest = below;
    }
    return first;
  }

  @Override
  public void close() {
    closed = true;
    waiting.wake();
  }
}
