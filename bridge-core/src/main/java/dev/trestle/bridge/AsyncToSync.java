package dev.trestle.bridge;

import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.Call;
import dev.trestle.threadsensitive.CallOptions;
import dev.trestle.threadsensitive.CallerFrame;
import dev.trestle.threadsensitive.CheckedFunction;
import dev.trestle.threadsensitive.Delivery;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Blocking code calls async code: the calling thread waits for the stage, and meanwhile runs the
 * thread-sensitive work that belongs to its call.
 *
 * <pre>{@code
 * AsyncToSync async = AsyncToSync.create();
 * Price price = async.call(() -> client.fetchPrice(id));
 * }</pre>
 *
 * <p>An instance is immutable and holds no loop: where the async function runs is decided by each
 * call. The mirror image is {@link SyncToAsync}.
 *
 * <p><b>Threads.</b> With {@link #create}, blocking code that an event loop called through {@link
 * SyncToAsync} goes back to that loop; any other thread is the loop itself while it waits: the
 * async function starts there, and what is queued on {@link EventLoop#current} runs there. On an
 * event loop's thread the call is refused.
 *
 * <p><b>Cancellation.</b> When the deadline comes, the thread is interrupted, or the call that this
 * one was made in is cancelled, what the async function called is cancelled, and so is the stage it
 * returned. The thread serves its call until that has ended, at most for a second, then throws.
 *
 * <p><b>Context.</b> The async function sees the caller's; what it sets before it returns is
 * written back to the caller, and so is what the body of a {@link SyncToAsync} call sets whose
 * future it returns. A call that is given up writes nothing back. Registered thread-locals go one
 * way.
 *
 * <p>An unchecked exception of the async function or its stage is thrown as the same object, with
 * the waiting stack added once as a suppressed exception; a checked one as the type declared, else
 * as the cause of a {@link CompletionException}. One that a dependent stage has put around another
 * is taken off first; one with a message of its own stays.
 *
 * <p>A body that runs on the waiting thread and throws {@link InterruptedException} passes on an
 * interrupt of that thread: the wait ends as interrupted unless its result is there, and the flag
 * is set in either case.
 */
public final class AsyncToSync {
  private static final AsyncToSync CREATED = new AsyncToSync(null, CallOptions.DEFAULT);

  private final @Nullable EventLoop loop;
  private final CallOptions options;

  private AsyncToSync(@Nullable EventLoop loop, CallOptions options) {
    this.loop = loop;
    this.options = options;
  }

  /**
   * Async functions run on the loop that the chain of calls comes from; with none, on the calling
   * thread.
   *
   * @return the wrapper
   */
  public static AsyncToSync create() {
    return CREATED;
  }

  /**
   * Async functions run on one loop, whichever thread calls.
   *
   * @param loop the loop
   * @return the wrapper
   */
  public static AsyncToSync on(EventLoop loop) {
    return new AsyncToSync(Objects.requireNonNull(loop, "loop"), CallOptions.DEFAULT);
  }

  /**
   * Limits how long a call may take.
   *
   * @param timeout the limit; a shorter one of a call further out comes first
   * @return a new wrapper
   * @throws IllegalArgumentException if the limit is zero or negative
   */
  public AsyncToSync withTimeout(Duration timeout) {
    return with(options.withTimeout(Objects.requireNonNull(timeout, "timeout")));
  }

  /**
   * Leaves the call alone when the call that it was made in is cancelled.
   *
   * @return a new wrapper
   */
  public AsyncToSync shielded() {
    return with(options.withShield());
  }

  private AsyncToSync with(CallOptions changed) {
    return new AsyncToSync(loop, changed);
  }

  /**
   * Calls an async task and waits for its result.
   *
   * @param task starts the async work and returns its stage
   * @param <R> the type of the result
   * @return the value of the stage
   * @throws BridgeDeadlockException if the current thread is an event loop's
   * @throws BridgeTimeoutException if there was no result in time
   * @throws BridgeInterruptedException if the thread was interrupted; its flag is set again
   * @throws BridgeException if the task returned null, or the loop is closed
   * @throws CancellationException if the stage, or the call that this one was made in, was
   *     cancelled
   * @throws CompletionException with the checked exception that the task threw, or that the stage
   *     failed with, as its cause
   */
  public <R extends @Nullable Object> R call(
      Callable<? extends CompletionStage<? extends R>> task) {
    return run(Objects.requireNonNull(task, "task"), null, RuntimeException.class);
  }

  /**
   * Calls an async task that may fail with a checked exception, and waits for its result.
   *
   * @param task starts the async work and returns its stage
   * @param declared the exception to throw as it is
   * @param <R> the type of the result
   * @param <X> the type of the exception
   * @return the value of the stage
   * @throws X if the task threw it, or the stage failed with it
   * @throws BridgeDeadlockException if the current thread is an event loop's
   * @throws BridgeTimeoutException if there was no result in time
   * @throws BridgeInterruptedException if the thread was interrupted; its flag is set again
   * @throws BridgeException if the task returned null, or the loop is closed
   * @throws CancellationException if the stage, or the call that this one was made in, was
   *     cancelled
   * @throws CompletionException with another checked exception as its cause
   */
  public <R extends @Nullable Object, X extends Exception> R call(
      Callable<? extends CompletionStage<? extends R>> task, Class<X> declared) throws X {
    return run(Objects.requireNonNull(task, "task"), null, declared);
  }

  /** Waits for a stage that the caller has. */
  static <R extends @Nullable Object, X extends Exception> R await(
      CompletionStage<? extends R> stage, Class<X> declared) throws X {
    return CREATED.run(() -> stage, stage, declared);
  }

  /** Calls a task; if its stage is given, all that is behind that one is the caller's. */
  private <R extends @Nullable Object, X extends Exception> R run(
      Callable<? extends CompletionStage<? extends R>> task,
      @Nullable CompletionStage<? extends R> given,
      Class<X> declared)
      throws X {
    Objects.requireNonNull(declared, "declared");
    EventLoop current = loop != null && loop.isCurrent() ? loop : EventLoops.currentOrNull();
    if (current != null) {
      throw new BridgeDeadlockException(
          "AsyncToSync was called on the thread of "
              + current
              + ", which would block that loop; return the CompletionStage instead of waiting for"
              + " it");
    }
    CallerFrame<R> frame =
        new CallerFrame<>(loop != null ? loop : loopOfChain(), DrivenLoop::new, options);
    Throwable failure;
    try {
      return given == null ? frame.call(task) : frame.callFor(given);
    } catch (Throwable e) {
      failure = e;
    }
    throw Failures.rethrown(failure, declared);
  }

  /**
   * Makes a blocking function of an async one.
   *
   * @param function the async function
   * @param <T> the type of the argument
   * @param <R> the type of the result
   * @return a function that makes one {@link #call} each time
   */
  public <T extends @Nullable Object, R extends @Nullable Object> Function<T, R> wrap(
      CheckedFunction<? super T, ? extends CompletionStage<? extends R>> function) {
    Objects.requireNonNull(function, "function");
    return argument -> call(() -> function.apply(argument));
  }

  /**
   * Makes the blocking twin of an async object: each method of an interface makes one {@link #call}
   * of the target's method that has the same name and the same parameter types, and waits.
   *
   * <p>The target's method returns a {@code CompletionStage} of what the blocking method returns,
   * of its box, or of something narrower; of {@code Void} if that is void. Generic types are those
   * that the face and the target's class have; what is erased there is not checked. A default
   * method runs its body, on the calling thread, unless the target has it.
   *
   * <p>A twin equals only itself. One of a twin is a second crossing, not the first object again.
   *
   * <p>A failure is thrown as by {@link #call}: a checked exception as it is if the method of the
   * face declares it, else as the cause of a {@link CompletionException}. A stage of null fails a
   * method that returns a primitive with a {@link NullPointerException}.
   *
   * <p><b>Threads.</b> The async methods run where those of this wrapper's {@link #call} do, and an
   * event loop's thread is refused; the twin may be used from any number of threads.
   * <b>Cancellation.</b> When the call is given up, the stage that the target returned is
   * cancelled. <b>Context.</b> As for every call: the caller's, and written back.
   *
   * @param blockingFace the interface, whose methods return values
   * @param async the target, of any class; only its public methods count
   * @param <B> the interface
   * @return an object of the interface
   * @throws IllegalArgumentException if it is no interface, is sealed or hidden, or if a method has
   *     no match in the target; it names all of them
   */
  public <B> B twin(Class<B> blockingFace, Object async) {
    Objects.requireNonNull(blockingFace, "blockingFace");
    Objects.requireNonNull(async, "async");
    return Twin.of(
        blockingFace,
        async,
        false,
        (body, declared) -> {
          try {
            return call(() -> (CompletionStage<?>) body.call(), Exception.class);
          } catch (Exception e) {
            throw Failures.declared(e, declared);
          }
        });
  }

  /** The loop that the innermost call of the chain was made on, if it still runs. */
  private static @Nullable EventLoop loopOfChain() {
    for (Call<?> call = Call.current(); call != null; call = call.parent()) {
      Delivery delivery = call.delivery();
      EventLoop found =
          delivery instanceof ChosenDelivery chosen
              ? chosen.loop()
              : delivery instanceof EventLoop direct ? direct : null;
      if (found != null && !found.isClosed()) {
        return found;
      }
    }
    return null;
  }
}
