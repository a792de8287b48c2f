package dev.trestle.bridge;

import dev.trestle.threadsensitive.BlockingCall;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.CallOptions;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.CheckedFunction;
import dev.trestle.threadsensitive.CheckedRunnable;
import dev.trestle.threadsensitive.Delivery;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Async code calls blocking code: the body runs on a thread that may block, and the caller gets a
 * future at once.
 *
 * <pre>{@code
 * SyncToAsync blocking = SyncToAsync.threadSensitive();
 * CompletableFuture<Order> order = blocking.call(() -> orders.find(id));
 * }</pre>
 *
 * <p>An instance is immutable and holds no thread; each {@code with} method returns a new one. The
 * mirror image is {@link AsyncToSync}.
 *
 * <p><b>Threads.</b> The factory that is chosen says where the body runs. Dependents of the future
 * run on the event loop that the call was made on; without one, on a worker. No thread that runs
 * thread-sensitive work ever runs a dependent.
 *
 * <p><b>Cancellation.</b> Cancelling the future, or completing it from outside, gives up the call:
 * a body that has not started never does; for one that runs see {@link CancelPolicy}. A call is
 * also cancelled with the call that it was made in, unless it is {@link #shielded}. Each call is
 * told once: what it calls after that, to clean up, is not cancelled again. Cancelling a dependent
 * does not cancel the call.
 *
 * <p><b>Context.</b> Captured when the call is made. The body sees exactly that, and what it sets
 * stays its own; dependents run in the context in which they were registered.
 *
 * <p>The methods that make a call throw nothing but {@link NullPointerException}: whatever else
 * goes wrong, the future fails.
 */
public final class SyncToAsync {
  private static final SyncToAsync THREAD_SENSITIVE = new SyncToAsync(BlockingCall::submitHome);
  private static final SyncToAsync CONCURRENT = new SyncToAsync(BlockingCall::submitConcurrent);

  private final Consumer<BlockingCall<?>> submit;
  private final CallOptions options;
  private final @Nullable Executor completesOn;
  private final @Nullable Limiter limiter;

  private SyncToAsync(Consumer<BlockingCall<?>> submit) {
    this(submit, CallOptions.DEFAULT, null, null);
  }

  private SyncToAsync(
      Consumer<BlockingCall<?>> submit,
      CallOptions options,
      @Nullable Executor completesOn,
      @Nullable Limiter limiter) {
    this.submit = submit;
    this.options = options;
    this.completesOn = completesOn;
    this.limiter = limiter;
  }

  /**
   * Bodies run on the home of their call chain: one thread, one at a time, in order.
   *
   * <p>The home is the thread of the chain's {@link ThreadSensitiveScope}; without one, the
   * outermost thread of the chain that is blocked in {@link AsyncToSync}, which runs them while it
   * waits; without that, the one shared thread of the process.
   *
   * @return the wrapper
   */
  public static SyncToAsync threadSensitive() {
    return THREAD_SENSITIVE;
  }

  /**
   * Bodies run on the thread of a scope, wherever the call is made.
   *
   * @param scope the scope; a call after it is closed fails
   * @return the wrapper
   */
  public static SyncToAsync threadSensitive(ThreadSensitiveScope scope) {
    Objects.requireNonNull(scope, "scope");
    return new SyncToAsync(call -> call.submitTo(scope));
  }

  /**
   * Bodies run on the shared workers, at the same time as others: virtual threads on JDK 24 and
   * later, else at most 64 platform threads.
   *
   * @return the wrapper
   */
  public static SyncToAsync concurrent() {
    return CONCURRENT;
  }

  /**
   * Bodies run where you say.
   *
   * @param executor runs the bodies
   * @return the wrapper
   * @throws IllegalArgumentException if the executor is an {@link EventLoop}, or one that an {@link
   *     EventLoopFinder} knows, which must not block
   */
  public static SyncToAsync on(Executor executor) {
    Objects.requireNonNull(executor, "executor");
    if (executor instanceof EventLoop || EventLoops.isForeignLoop(executor)) {
      throw new IllegalArgumentException(
          executor
              + " cannot run blocking bodies, which would stop everything else on it; use"
              + " concurrent(), threadSensitive() or an executor whose threads may block");
    }
    return new SyncToAsync(call -> call.submitTo(executor));
  }

  /**
   * Chooses what cancelling does to a body that is running.
   *
   * @param policy the policy; the default is {@link CancelPolicy#DETACH}
   * @return a new wrapper
   */
  public SyncToAsync withCancel(CancelPolicy policy) {
    return with(options.withCancel(Objects.requireNonNull(policy, "policy")));
  }

  /**
   * Limits how long a call may take, waiting in a queue included. A call that has taken longer
   * fails with {@link BridgeTimeoutException}, and is given up as if it had been cancelled.
   *
   * @param timeout the limit; a shorter one of a call further out comes first
   * @return a new wrapper
   * @throws IllegalArgumentException if the limit is zero or negative
   */
  public SyncToAsync withTimeout(Duration timeout) {
    return with(options.withTimeout(Objects.requireNonNull(timeout, "timeout")));
  }

  /**
   * Leaves the call alone when the call that it was made in is cancelled.
   *
   * @return a new wrapper
   */
  public SyncToAsync shielded() {
    return with(options.withShield());
  }

  /**
   * Chooses who is told when a body fails that nobody waits for any more, since its call was
   * cancelled or timed out. The default writes one line to the log.
   *
   * @param handler is told on the thread of the body; should be quick
   * @return a new wrapper
   */
  public SyncToAsync withDetachedFailures(Consumer<? super Throwable> handler) {
    return with(options.withDetachedFailures(Objects.requireNonNull(handler, "handler")));
  }

  /**
   * Chooses where dependents of the future run.
   *
   * @param executor runs them, each time queued anew; the default is the event loop that the call
   *     is made on, else a worker
   * @return a new wrapper
   */
  public SyncToAsync completingOn(Executor executor) {
    return new SyncToAsync(submit, options, Objects.requireNonNull(executor, "executor"), limiter);
  }

  /**
   * Limits how many bodies run at the same time, together with all others that the limiter is given
   * to. A call that cannot run yet waits its turn in the limiter's line; the time that it may take
   * runs from the start.
   *
   * @param limiter the limiter; an earlier one is replaced
   * @return a new wrapper
   */
  public SyncToAsync limitedBy(Limiter limiter) {
    return new SyncToAsync(
        submit, options, completesOn, Objects.requireNonNull(limiter, "limiter"));
  }

  private SyncToAsync with(CallOptions changed) {
    return new SyncToAsync(submit, changed, completesOn, limiter);
  }

  /**
   * Calls a blocking task.
   *
   * @param task what to run; it must not return a future
   * @param <R> the type of the result
   * @return completes with what the task returned or threw; fails with {@link BridgeException} if
   *     the call was refused, and with {@link BridgeTimeoutException} if it took too long
   */
  public <R extends @Nullable Object> CompletableFuture<R> call(Callable<? extends R> task) {
    BlockingCall<R> call = made(task);
    submit(call);
    return call;
  }

  /**
   * Calls a blocking task, and goes on when that is done: in effect {@code call(task)
   * .whenComplete(then)}, without a second future. The way to call with the least garbage.
   *
   * <p>It cannot be cancelled by itself, but is with the call that it was made in, and by its time
   * limit.
   *
   * @param task what to run; it must not return a future
   * @param then is told, once, of what the task returned or threw, or of what the future of {@link
   *     #call(Callable)} would fail with; the other argument is null. Runs where dependents of that
   *     future would, in the context in which this method was called; what it throws is logged
   * @param <R> the type of the result
   */
  public <R extends @Nullable Object> void call(
      Callable<? extends R> task, BiConsumer<? super R, ? super @Nullable Throwable> then) {
    Objects.requireNonNull(then, "then");
    BlockingCall<R> call = made(task);
    call.continueWith(then);
    submit(call);
  }

  private <R extends @Nullable Object> BlockingCall<R> made(Callable<? extends R> task) {
    return new BlockingCall<>(Objects.requireNonNull(task, "task"), delivery(), options);
  }

  private void submit(BlockingCall<?> call) {
    if (limiter == null) {
      submit.accept(call);
    } else {
      limiter.submit(call, submit);
    }
  }

  /**
   * Calls a blocking task that has no result.
   *
   * @param task what to run
   * @return completes when the task has ended, or fails as that of {@link #call(Callable)} does
   */
  public CompletableFuture<@Nullable Void> run(CheckedRunnable task) {
    Objects.requireNonNull(task, "task");
    return call(
        () -> {
          task.run();
          return null;
        });
  }

  /**
   * Makes an async function of a blocking one.
   *
   * @param function the blocking function
   * @param <T> the type of the argument
   * @param <R> the type of the result
   * @return a function that makes one {@link #call(Callable)} each time
   */
  public <T extends @Nullable Object, R extends @Nullable Object>
      Function<T, CompletableFuture<R>> wrap(CheckedFunction<? super T, ? extends R> function) {
    Objects.requireNonNull(function, "function");
    return argument -> call(() -> function.apply(argument));
  }

  /**
   * Makes the async twin of a blocking object: each method of an interface makes one {@link
   * #call(Callable)} of the target's method that has the same name and the same parameter types.
   *
   * <p>An async method returns a {@code CompletionStage} or a {@code CompletableFuture} of what the
   * target's method returns, of its box, or of something wider; of {@code Void} if that is void.
   * Generic types are those that the face and the target's class have; what is erased there is not
   * checked. A default method runs its body, on the calling thread, unless the target has it.
   * Nothing that an async method declares to throw is ever thrown.
   *
   * <p>A twin equals only itself. One of a twin is a second crossing, not the first object again:
   * the thread, the limits and the time of both hold.
   *
   * <p><b>Threads.</b> Bodies and dependents run as those of this wrapper's {@link #call(Callable)}
   * do; the twin may be used from any number of threads. <b>Cancellation.</b> The future that a
   * method returns is the call's own: cancelling it cancels the call. A default body returns what
   * it makes of that. <b>Context.</b> As for every call, captured when the method is called.
   *
   * @param asyncFace the interface, whose methods return stages
   * @param blocking the target, of any class; only its public methods count
   * @param <A> the interface
   * @return an object of the interface; its methods throw nothing, the future fails instead
   * @throws IllegalArgumentException if it is no interface, is sealed or hidden, or if a method has
   *     no match in the target; it names all of them
   */
  @SuppressWarnings({"FutureReturnValueIgnored", "lost-future-type"}) // the method returns it
  public <A> A twin(Class<A> asyncFace, Object blocking) {
    Objects.requireNonNull(asyncFace, "asyncFace");
    Objects.requireNonNull(blocking, "blocking");
    return Twin.of(asyncFace, blocking, true, (body, declared) -> call(body));
  }

  private @Nullable Delivery delivery() {
    return completesOn == null ? null : new ChosenDelivery(completesOn, EventLoops.currentOrNull());
  }
}
