package dev.trestle.threadsensitive;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One thread for life, which runs its tasks one at a time, in order. For libraries that are bound
 * to a thread for longer than a request: give it to {@code SyncToAsync.on(executor)}.
 *
 * <p>The thread starts with the first task, is a daemon, and is never replaced.
 */
public final class ThreadSensitiveExecutor implements Executor, AutoCloseable {
  private final ServedLane lane;

  private ThreadSensitiveExecutor(ServedLane lane) {
    this.lane = lane;
  }

  /**
   * Makes an executor with a platform thread: the same thread of the operating system for life, as
   * native code and its thread-locals need it.
   *
   * @param name the name of the thread
   * @return the executor
   */
  public static ThreadSensitiveExecutor platform(String name) {
    return platform(name, () -> {});
  }

  /**
   * Makes an executor with a platform thread, which gives back what it is bound to at its end.
   *
   * @param name the name of the thread
   * @param atEnd what that thread runs last, when the executor has been closed and its tasks are
   *     done; not at all if it never had a task. What it throws is logged.
   * @return the executor
   */
  public static ThreadSensitiveExecutor platform(String name, Runnable atEnd) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(atEnd, "atEnd");
    return new ThreadSensitiveExecutor(
        ServedLane.startedBy(serve -> Homes.daemon(serve, name).start(), name, atEnd));
  }

  /**
   * Makes the executor of an event loop: if one task holds it for long while others wait, that is
   * reported. For building bridges.
   *
   * @param name the name of the thread, a platform thread
   * @param atEnd as with {@link #platform(String, Runnable)}
   * @return the executor
   */
  public static ThreadSensitiveExecutor eventLoop(String name, Runnable atEnd) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(atEnd, "atEnd");
    return new ThreadSensitiveExecutor(
        ServedLane.ofLoop(serve -> Homes.daemon(serve, name).start(), name, atEnd));
  }

  /**
   * Makes an executor with a virtual thread on JDK 21 and later; before, a platform thread.
   *
   * @param name the name of the thread
   * @return the executor
   */
  public static ThreadSensitiveExecutor virtual(String name) {
    Objects.requireNonNull(name, "name");
    return VirtualThreads.AVAILABLE
        ? new ThreadSensitiveExecutor(
            ServedLane.startedBy(
                serve -> VirtualThreads.named(name).newThread(serve).start(), name))
        : platform(name);
  }

  /**
   * Queues a task.
   *
   * <p><b>Threads.</b> It runs on this executor's thread, also if that is the one that queues it.
   * <b>Context.</b> That of the thread that queues it.
   *
   * @param task what to run; what it throws is logged
   * @throws RejectedExecutionException if the executor is closed, or its thread cannot be made
   */
  @Override
  public void execute(Runnable task) {
    queue(Task.itemFor(Objects.requireNonNull(task, "task")));
  }

  /**
   * Queues a task that has a result. It is a plain task: a thread that waits for the future runs
   * nothing meanwhile, and the call graph does not know of it. Calls of {@code SyncToAsync} do
   * more.
   *
   * <p><b>Threads.</b> It runs on this executor's thread. <b>Context.</b> That of the thread that
   * queues it. <b>Cancellation.</b> A cancelled task does not start; {@code cancel(true)}
   * interrupts one that runs.
   *
   * @param task what to run
   * @param <V> the type of the result
   * @return what the task returned or threw; its {@code get} throws {@link BridgeDeadlockException}
   *     on this executor's own thread if the task has not begun
   * @throws RejectedExecutionException if the executor is closed, or its thread cannot be made
   */
  public <V extends @Nullable Object> Future<V> submit(Callable<V> task) {
    SubmittedTask<V> submitted = new SubmittedTask<>(Objects.requireNonNull(task, "task"));
    queue(submitted);
    return submitted;
  }

  private void queue(Object item) {
    if (!lane.offer(item)) {
      BridgeException refusal = refusal();
      throw new RejectedExecutionException(refusal.getMessage(), refusal.getCause());
    }
  }

  /** Queues a call, which a wait on this executor's thread for that call may then run. */
  boolean offer(BlockingCall<?> call) {
    return lane.offer(call);
  }

  BridgeException refusal() {
    return lane.refusal();
  }

  /**
   * Tells whether the current thread is this executor's.
   *
   * @return true if it is
   */
  public boolean isCurrent() {
    return lane.isOwner(Thread.currentThread());
  }

  /**
   * Refuses further tasks, and waits until those already queued are done.
   *
   * <p><b>Threads.</b> On an event loop, or on the executor's own thread, this returns at once;
   * {@link #closeAsync} tells the end. If the waiting thread is interrupted, this returns early
   * with the flag set, and the closing goes on.
   */
  @Override
  public void close() {
    CompletableFuture<@Nullable Void> end = lane.close();
    if (!isCurrent()) {
      Deliveries.awaitUnlessLoop(end);
    }
  }

  /**
   * Refuses further tasks, without waiting for those already queued.
   *
   * @return completes when they are done
   */
  public CompletableFuture<@Nullable Void> closeAsync() {
    return Deliveries.deliverHere(lane.close());
  }

  /**
   * Returns the name that messages use.
   *
   * @return the name of the thread
   */
  @Override
  public String toString() {
    return lane.toString();
  }
}
