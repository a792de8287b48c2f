package dev.trestle.bridge;

import dev.trestle.threadsensitive.Delivery;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * A thread, or one of several that act as one, that runs one task at a time and must never block.
 *
 * <p>{@link Object#toString} gives the name that messages use.
 */
public interface EventLoop extends Delivery {
  /**
   * Queues a task; it runs after those queued before it, and never inside this call.
   *
   * @param task what to run
   * @throws RejectedExecutionException if the loop is closed
   */
  @Override
  void execute(Runnable task);

  /**
   * Tells whether the current thread is this loop just now, so that blocking it blocks the loop.
   *
   * @return true if it is
   */
  @Override
  boolean isCurrent();

  /**
   * Tells whether the loop has stopped, so that nothing new should be begun on it.
   *
   * @return true if it has; a loop that cannot tell says false
   */
  default boolean isClosed() {
    return false;
  }

  /**
   * Returns the loop that the current thread is: one of Trestle's, or one that an {@link
   * EventLoopFinder} recognises.
   *
   * @return the loop, or empty on a thread that may block
   */
  static Optional<EventLoop> current() {
    return Optional.ofNullable(EventLoops.currentOrNull());
  }

  /**
   * Makes an event loop of something that runs tasks one at a time, in order.
   *
   * <p>Calls made from its tasks find it only through an {@link EventLoopFinder}; without one, name
   * it: {@code AsyncToSync.on(loop)}, {@code SyncToAsync.completingOn(loop)}.
   *
   * @param name what messages call it
   * @param executor queues a task
   * @param isCurrent tells whether the current thread is this loop
   * @return the event loop
   */
  static EventLoop adapt(String name, Executor executor, BooleanSupplier isCurrent) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(executor, "executor");
    Objects.requireNonNull(isCurrent, "isCurrent");
    return new AdaptedEventLoop(name, executor, isCurrent);
  }
}
