package dev.trestle.bridge.mutiny;

import dev.trestle.bridge.EventLoop;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Mutiny's default executor, one task at a time, in place of a thread without a way back. */
final class MutinyEventLoop implements EventLoop {
  private static final ThreadLocal<@Nullable MutinyEventLoop> RUNNING = new ThreadLocal<>();
  private static final ThreadLocal<MutinyEventLoop> IN_PLACE =
      ThreadLocal.withInitial(() -> new MutinyEventLoop(Thread.currentThread().getName()));

  private final String name;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** How many turns have come and not been taken; who makes it one takes them all. */
  private final AtomicInteger turns = new AtomicInteger();

  private MutinyEventLoop(String name) {
    this.name = name;
  }

  /** The loop whose task the current thread is running, or null. */
  static @Nullable EventLoop runningOrNull() {
    return RUNNING.get();
  }

  /** The same each time for a thread. */
  static EventLoop inPlaceOfThisThread() {
    return IN_PLACE.get();
  }

  /** Each task brings a turn along, which may be taken by another. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    try {
      Infrastructure.getDefaultExecutor().execute(this::takeTurn);
    } catch (RejectedExecutionException e) {
      if (tasks.remove(task)) { // else it has had the turn of another, for which none is left
        throw e;
      }
    }
  }

  @Override
  public boolean isCurrent() {
    return RUNNING.get() == this;
  }

  @Override
  public String toString() {
    return "event loop '" + name + "'";
  }

  private void takeTurn() {
    if (turns.getAndIncrement() > 0) {
      return; // left to who is taking turns now
    }
    RUNNING.set(this);
    try {
      do {
        Runnable task = tasks.poll();
        if (task != null) {
          run(task);
        }
      } while (turns.decrementAndGet() > 0);
    } finally {
      RUNNING.remove();
    }
  }

  /** What one task throws keeps none of the others from its turn. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      Infrastructure.handleDroppedException(e);
    }
  }
}
