package dev.trestle.bridge;

import dev.trestle.threadsensitive.CallOptions;
import dev.trestle.threadsensitive.CheckedRunnable;
import dev.trestle.threadsensitive.Delivery;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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
   * Starts a task on this loop: code that may {@linkplain Tasks#await wait} without blocking the
   * loop. Between two waits nothing else runs on this loop, no other task and no callback.
   *
   * <p><b>Threads.</b> The body has a thread of its own, and this loop's thread stands still while
   * the body runs. To all that it calls it is on this loop: {@link EventLoop#current} is this one,
   * and {@link AsyncToSync} is refused. Dependents of the future run on the event loop that this
   * method is called on; without one, on a worker.
   *
   * <p><b>Cancellation.</b> Cancelling the future, or the call that the task was started in, ends
   * the wait that the body is in, or else its next one, with a {@code CancellationException}; once,
   * so that it can clean up. The future is done at once. What the body waits for is cancelled, and
   * so are the calls and tasks that it began.
   *
   * <p><b>Context.</b> The body sees the caller's; what it sets stays its own.
   *
   * @param task what to run; it must not return a future
   * @param <R> the type of the result
   * @return completes with what the task returned or threw; fails with {@code BridgeException} if
   *     the loop is closed
   */
  default <R extends @Nullable Object> CompletableFuture<R> start(Callable<? extends R> task) {
    return Tasks.startOn(this, task, CallOptions.DEFAULT);
  }

  /**
   * Starts a task that has no result.
   *
   * @param task as in {@link #start(Callable)}
   * @return completes when the task has ended, or fails as that of {@link #start(Callable)} does
   */
  default CompletableFuture<@Nullable Void> start(CheckedRunnable task) {
    Objects.requireNonNull(task, "task");
    return Tasks.startOn(
        this,
        () -> {
          task.run();
          return null;
        },
        CallOptions.DEFAULT);
  }

  /**
   * Starts a task that may take only so long.
   *
   * @param task as in {@link #start(Callable)}
   * @param timeout the limit; a shorter one of a call further out comes first. After it, the future
   *     fails with {@code BridgeTimeoutException}, and the task is given up as if cancelled
   * @param <R> the type of the result
   * @return as {@link #start(Callable)} does
   * @throws IllegalArgumentException if the limit is zero or negative
   */
  default <R extends @Nullable Object> CompletableFuture<R> start(
      Callable<? extends R> task, Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return Tasks.startOn(this, task, CallOptions.DEFAULT.withTimeout(timeout));
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
