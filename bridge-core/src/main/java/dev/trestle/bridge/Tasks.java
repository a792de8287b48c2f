package dev.trestle.bridge;

import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.CallOptions;
import dev.trestle.threadsensitive.LoopTask;
import dev.trestle.threadsensitive.Waiting;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Straight-line async code: what a task of an event loop can do, written as blocking code is.
 *
 * <pre>{@code
 * CompletableFuture<Void> transfer = loop.start(() -> {
 *   Account from = await(accounts.load(a));
 *   Account to = await(accounts.load(b));
 *   from.balance -= amount;      // nothing else of this loop runs between two awaits
 *   to.balance += amount;
 *   return await(accounts.save(from, to));
 * });
 * }</pre>
 *
 * <p>One function serves both colours: {@link #await} in a task gives the loop to others; on a
 * thread that may block it is {@link AsyncToSync}; in a callback on an event loop, which can do
 * neither, it is refused.
 *
 * <p>A monitor or lock that is held over an await is held while others run, and may stop them all.
 */
public final class Tasks {
  private Tasks() {}

  /**
   * Waits for a stage.
   *
   * <p><b>Threads.</b> In a task, its event loop runs others meanwhile, and goes on with the task
   * when the stage is done. On a thread that may block, the thread waits, and runs what belongs to
   * the call. <b>Cancellation.</b> When the task is cancelled, or its time is over, the stage is
   * cancelled and this throws, once; a result that is already there is returned. On a thread that
   * may block: see {@link AsyncToSync}. <b>Context.</b> What was set before is there afterwards,
   * and so is what the body of a {@link SyncToAsync} call set, if the stage is that call's own
   * future.
   *
   * @param stage what to wait for
   * @param <T> the type of the result
   * @return the value of the stage
   * @throws BridgeDeadlockException in a callback on an event loop, which would be blocked; or if
   *     the result can never come
   * @throws BridgeTimeoutException if the time of the task, or of the call, is over
   * @throws BridgeInterruptedException if the thread was interrupted; its flag is set again
   * @throws BridgeException if the loop was closed
   * @throws CancellationException if the stage, or the task, was cancelled
   * @throws CompletionException with the checked exception that the stage failed with as its cause;
   *     an unchecked one is thrown as the same object
   */
  public static <T extends @Nullable Object> T await(CompletionStage<? extends T> stage) {
    return await(stage, RuntimeException.class);
  }

  /**
   * Waits for a stage that may fail with a checked exception.
   *
   * @param stage what to wait for
   * @param declared the exception to throw as it is
   * @param <T> the type of the result
   * @param <X> the type of the exception
   * @return the value of the stage
   * @throws X if the stage failed with it
   * @throws BridgeDeadlockException as {@link #await(CompletionStage)}
   * @throws BridgeTimeoutException as {@link #await(CompletionStage)}
   * @throws BridgeInterruptedException as {@link #await(CompletionStage)}
   * @throws BridgeException as {@link #await(CompletionStage)}
   * @throws CancellationException as {@link #await(CompletionStage)}
   * @throws CompletionException with another checked exception as its cause
   */
  public static <T extends @Nullable Object, X extends Exception> T await(
      CompletionStage<? extends T> stage, Class<X> declared) throws X {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(declared, "declared");
    LoopTask<?> task = LoopTask.current();
    if (task == null) {
      return block(stage, declared);
    }
    Throwable failure;
    try {
      return task.await(stage);
    } catch (Throwable e) {
      failure = e;
    }
    throw Failures.rethrown(failure, declared);
  }

  private static <T extends @Nullable Object, X extends Exception> T block(
      CompletionStage<? extends T> stage, Class<X> declared) throws X {
    try {
      refuseOnLoop();
      return AsyncToSync.await(stage, declared);
    } catch (Throwable e) {
      if (stage instanceof Waiting<?> waiting) {
        waiting.abandon(); // nobody will have what it brings
      }
      throw e;
    }
  }

  /** Throws if the current thread is an event loop's, and no task runs on it. */
  static void refuseOnLoop() {
    EventLoop loop = LoopTask.isRunning() ? null : EventLoops.currentOrNull();
    if (loop != null) {
      throw new BridgeDeadlockException(
          "await was called in a callback on "
              + loop
              + ", which would block that loop; return the CompletionStage instead of waiting for"
              + " it, or start a task with EventLoop.start and await in that");
    }
  }

  /**
   * Waits for a time to pass, as {@link #await} does; a task lets at least all others have a turn
   * that are ready.
   *
   * @param time how long; zero to let others have a turn
   * @throws BridgeDeadlockException in a callback on an event loop
   * @throws CancellationException as {@link #await(CompletionStage)}
   */
  public static void sleep(Duration time) {
    LoopTask<?> task = LoopTask.current();
    if (task != null && (time.isZero() || time.isNegative())) {
      task.giveWay();
    } else {
      await(Stages.after(time));
    }
  }

  /**
   * Starts a task on the event loop that this is called on, as {@link EventLoop#start(Callable)}
   * does; it runs when this task waits.
   *
   * @param task what to run; it must not return a future
   * @param <R> the type of the result
   * @return completes with what the task returned or threw
   * @throws BridgeException on a thread that is no event loop, whatever it is called from
   */
  public static <R extends @Nullable Object> CompletableFuture<R> start(
      Callable<? extends R> task) {
    EventLoop loop = EventLoops.currentOrNull();
    if (loop == null) {
      throw new BridgeException(
          "Tasks.start was called on thread '"
              + Thread.currentThread().getName()
              + "', which is no event loop; use start of the loop that the task is to run on");
    }
    return loop.start(task);
  }

  static <R extends @Nullable Object> CompletableFuture<R> startOn(
      EventLoop loop, Callable<? extends R> body, CallOptions options) {
    LoopTask<R> task = new LoopTask<>(Objects.requireNonNull(body, "task"), loop, options);
    task.submit();
    return task;
  }
}
