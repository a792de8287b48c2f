package dev.trestle.threadsensitive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A future whose dependents run in the context in which they were registered, and on the loop or
 * worker that it is delivered to.
 *
 * <p>Each method of {@link CompletableFuture} that takes a function is overridden in the same way.
 * The plain form runs at once where it is registered if there is nothing to wait for, as in the
 * JDK; else on the delivery, in place only if the completing thread is there already. The {@code
 * Async} form without an executor is always queued on the delivery, so nothing reaches the common
 * pool.
 */
abstract class BridgeFuture<T extends @Nullable Object> extends CompletableFuture<T> {
  private static final VarHandle EXTRAS;

  static {
    try {
      EXTRAS = MethodHandles.lookup().findVarHandle(BridgeFuture.class, "extras", Extras.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("extras", e);
    }
  }

  final Delivery delivery;

  /** Made when first needed, by whoever needs it. */
  @SuppressWarnings("unused") // through EXTRAS
  private volatile @Nullable Extras<T> extras;

  BridgeFuture(Delivery delivery) {
    this.delivery = delivery;
  }

  /** The call whose result this is derived from, if any. */
  abstract @Nullable Call<?> origin();

  /** What it is derived from; null if not known, or no longer so. */
  @Nullable Sources awaited() {
    return null;
  }

  /** This is done: what it was derived from matters no more. */
  void forgetPast() {}

  final @Nullable Extras<T> extrasOrNull() {
    return extras;
  }

  @SuppressWarnings("unchecked") // the field has no other type
  final Extras<T> extras() {
    Extras<T> existing = extras;
    if (existing == null) {
      Extras<T> made = new Extras<>();
      existing = (Extras<T>) EXTRAS.compareAndExchange(this, null, made);
      if (existing == null) {
        existing = made;
      }
    }
    return existing;
  }

  /** Whether a timer, or a supplier, may complete it besides what it waits for. */
  final boolean hasAlternative() {
    Extras<T> more = extras;
    return more != null && more.hasAlternative;
  }

  @Override
  public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
    extras().hasAlternative = true;
    return super.orTimeout(timeout, unit);
  }

  @Override
  public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
    extras().hasAlternative = true;
    return super.completeOnTimeout(value, timeout, unit);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    joinedHere();
    if (isDone()) {
      forgetPast();
    }
    return new DependentFuture<>(delivery, origin());
  }

  @Override
  public Executor defaultExecutor() {
    return task -> Deliveries.deliver(delivery, task);
  }

  /** A dependent in all but name, so that a wait sees through it. */
  @Override
  public CompletableFuture<T> copy() {
    return thenApply(value -> value);
  }

  /** Tells an observer of ours, on the completing thread, in no particular context. */
  void observe(BiConsumer<? super T, ? super @Nullable Throwable> observer) {
    var unused = super.whenComplete(observer);
  }

  /** As {@link #observe}, for one that may stop to wait before the end, with {@link #forget}. */
  void observeForNow(BiConsumer<? super T, ? super @Nullable Throwable> observer) {
    if (isDone() || !observers().add(observer)) {
      observe(observer);
    }
  }

  /** An observer does not wait any longer. */
  void forget(BiConsumer<? super T, ? super @Nullable Throwable> observer) {
    Extras<T> more = extras;
    Observers<T> all = more == null ? null : more.observers;
    if (all != null) {
      all.remove(observer);
    }
  }

  private Observers<T> observers() {
    Extras<T> more = extras();
    Observers<T> all;
    synchronized (more) {
      if (more.observers != null) {
        return more.observers;
      }
      all = new Observers<>();
      more.observers = all;
    }
    var unused = super.whenComplete(all::tell);
    return all;
  }

  /** Lets a dependent future know what it waits for, as long as it does. */
  private static <U extends @Nullable Object> CompletableFuture<U> awaiting(
      CompletableFuture<U> dependent, Carried edge) {
    if (!dependent.isDone() && dependent instanceof DependentFuture<?> ours) {
      ours.awaitWith(edge);
    }
    return dependent;
  }

  private Sources bothWith(CompletionStage<?> other) {
    return with(other, true);
  }

  private Sources eitherWith(CompletionStage<?> other) {
    return with(other, false);
  }

  private Sources with(CompletionStage<?> other, boolean all) {
    if (other instanceof BridgeFuture<?> ours) {
      ours.joinedHere();
    }
    return new Sources(List.of(this, other), all);
  }

  /** The call that the current thread works for waits for this future, in one way or another. */
  final void joinedHere() {
    Call<?> origin = origin();
    if (origin != null && !isDone() && !origin.isEnded()) {
      Joins.joinHere(origin);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p><b>Threads.</b> While this waits, the thread runs what is queued for it and leads to the
   * result. <b>Cancellation.</b> The wait ends if the call that it is made in is cancelled; nothing
   * else does. <b>Context.</b> What the body behind this future set is written back, if it is the
   * very future of a call.
   *
   * @throws BridgeDeadlockException on an event loop, which would be blocked; or if the result can
   *     never come
   */
  @Override
  public T join() {
    if (!isDone()) {
      try {
        waitForIt(false, null);
      } catch (InterruptedException | TimeoutException e) {
        throw new AssertionError("a join waits for ever", e);
      }
    }
    wasAwaited();
    return super.join();
  }

  /**
   * {@inheritDoc}
   *
   * <p><b>Threads.</b> As in {@link #join}.
   */
  @Override
  public T get() throws InterruptedException, ExecutionException {
    if (!isDone()) {
      try {
        waitForIt(true, null);
      } catch (TimeoutException e) {
        throw new AssertionError("there is no limit", e);
      }
    }
    wasAwaited();
    return super.get();
  }

  /**
   * {@inheritDoc}
   *
   * <p><b>Threads.</b> As in {@link #join}; a body that the thread has begun meanwhile is ended.
   */
  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!isDone() && timeout > 0) {
      waitForIt(true, Duration.ofNanos(unit.toNanos(timeout)));
    }
    if (isDone()) {
      wasAwaited();
    }
    return super.get(0, unit);
  }

  /** This very future is done, and the current thread has waited for it. */
  void wasAwaited() {}

  private void waitForIt(boolean interruptible, @Nullable Duration limit)
      throws InterruptedException, TimeoutException {
    Delivery loop = Deliveries.currentLoop();
    if (loop != null) {
      throw new BridgeDeadlockException(
          "a future was waited for on the thread of "
              + loop
              + ", which would block that loop; register a dependent with it instead");
    }
    CallerFrame.await(this, interruptible, limit);
  }

  private boolean isDoneWith(CompletionStage<?> other) {
    return isDone() && Deliveries.isKnownDone(other);
  }

  private boolean isDoneOr(CompletionStage<?> other) {
    return isDone() || Deliveries.isKnownDone(other);
  }

  /**
   * The other stage as one of ours, since the JDK asks it for the dependent if it is done first.
   */
  private <U extends @Nullable Object> CompletionStage<U> adopt(CompletionStage<U> other) {
    if (other instanceof BridgeFuture) {
      return other;
    }
    return Deliveries.adopt(other, delivery);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenApply(
      Function<? super T, ? extends U> fn) {
    var carried = Carried.function(fn, this);
    if (isDone()) {
      return super.thenApply(carried);
    }
    return awaiting(super.thenApplyAsync(carried, carried), carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenApplyAsync(
      Function<? super T, ? extends U> fn) {
    return thenApplyAsync(fn, defaultExecutor());
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenApplyAsync(
      Function<? super T, ? extends U> fn, Executor executor) {
    var carried = Carried.function(fn, this);
    return awaiting(super.thenApplyAsync(carried, executor), carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> thenAccept(Consumer<? super T> action) {
    var carried = Carried.consumer(action, this);
    if (isDone()) {
      return super.thenAccept(carried);
    }
    return awaiting(super.thenAcceptAsync(carried, carried), carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> thenAcceptAsync(Consumer<? super T> action) {
    return thenAcceptAsync(action, defaultExecutor());
  }

  @Override
  public CompletableFuture<@Nullable Void> thenAcceptAsync(
      Consumer<? super T> action, Executor executor) {
    var carried = Carried.consumer(action, this);
    return awaiting(super.thenAcceptAsync(carried, executor), carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> thenRun(Runnable action) {
    var carried = Carried.runnable(action, this);
    if (isDone()) {
      return super.thenRun(carried);
    }
    return awaiting(super.thenRunAsync(carried, carried), carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> thenRunAsync(Runnable action) {
    return thenRunAsync(action, defaultExecutor());
  }

  @Override
  public CompletableFuture<@Nullable Void> thenRunAsync(Runnable action, Executor executor) {
    var carried = Carried.runnable(action, this);
    return awaiting(super.thenRunAsync(carried, executor), carried);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> CompletableFuture<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    var carried = Carried.biFunction(fn, bothWith(other));
    if (isDoneWith(other)) {
      return super.thenCombine(other, carried);
    }
    return awaiting(super.thenCombineAsync(other, carried, carried), carried);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object>
      CompletableFuture<V> thenCombineAsync(
          CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    return thenCombineAsync(other, fn, defaultExecutor());
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object>
      CompletableFuture<V> thenCombineAsync(
          CompletionStage<? extends U> other,
          BiFunction<? super T, ? super U, ? extends V> fn,
          Executor executor) {
    var carried = Carried.biFunction(fn, bothWith(other));
    return awaiting(super.thenCombineAsync(other, carried, executor), carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<@Nullable Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    var carried = Carried.biConsumer(action, bothWith(other));
    if (isDoneWith(other)) {
      return super.thenAcceptBoth(other, carried);
    }
    return awaiting(super.thenAcceptBothAsync(other, carried, carried), carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<@Nullable Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    return thenAcceptBothAsync(other, action, defaultExecutor());
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<@Nullable Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other,
      BiConsumer<? super T, ? super U> action,
      Executor executor) {
    var carried = Carried.biConsumer(action, bothWith(other));
    return awaiting(super.thenAcceptBothAsync(other, carried, executor), carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
    var carried = Carried.runnable(action, bothWith(other));
    if (isDoneWith(other)) {
      return super.runAfterBoth(other, carried);
    }
    return awaiting(super.runAfterBothAsync(other, carried, carried), carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterBothAsync(
      CompletionStage<?> other, Runnable action) {
    return runAfterBothAsync(other, action, defaultExecutor());
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterBothAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    var carried = Carried.runnable(action, bothWith(other));
    return awaiting(super.runAfterBothAsync(other, carried, executor), carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    var carried = Carried.function(fn, eitherWith(other));
    if (isDoneOr(other)) {
      return super.applyToEither(adopt(other), carried);
    }
    return awaiting(super.applyToEitherAsync(adopt(other), carried, carried), carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    return applyToEitherAsync(other, fn, defaultExecutor());
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn, Executor executor) {
    var carried = Carried.function(fn, eitherWith(other));
    return awaiting(super.applyToEitherAsync(adopt(other), carried, executor), carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> acceptEither(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    var carried = Carried.consumer(action, eitherWith(other));
    if (isDoneOr(other)) {
      return super.acceptEither(adopt(other), carried);
    }
    return awaiting(super.acceptEitherAsync(adopt(other), carried, carried), carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return acceptEitherAsync(other, action, defaultExecutor());
  }

  @Override
  public CompletableFuture<@Nullable Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor) {
    var carried = Carried.consumer(action, eitherWith(other));
    return awaiting(super.acceptEitherAsync(adopt(other), carried, executor), carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterEither(
      CompletionStage<?> other, Runnable action) {
    var carried = Carried.runnable(action, eitherWith(other));
    if (isDoneOr(other)) {
      return super.runAfterEither(adopt(other), carried);
    }
    return awaiting(super.runAfterEitherAsync(adopt(other), carried, carried), carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterEitherAsync(
      CompletionStage<?> other, Runnable action) {
    return runAfterEitherAsync(other, action, defaultExecutor());
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterEitherAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    var carried = Carried.runnable(action, eitherWith(other));
    return awaiting(super.runAfterEitherAsync(adopt(other), carried, executor), carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    var carried = Carried.composing(fn, this);
    if (isDone()) {
      return awaiting(super.thenCompose(carried), carried);
    }
    return awaiting(super.thenComposeAsync(carried, carried), carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    return thenComposeAsync(fn, defaultExecutor());
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn, Executor executor) {
    var carried = Carried.composing(fn, this);
    return awaiting(super.thenComposeAsync(carried, executor), carried);
  }

  @Override
  public CompletableFuture<T> whenComplete(
      BiConsumer<? super T, ? super @Nullable Throwable> action) {
    var carried = Carried.biConsumer(action, this);
    if (isDone()) {
      return super.whenComplete(carried);
    }
    return awaiting(super.whenCompleteAsync(carried, carried), carried);
  }

  @Override
  public CompletableFuture<T> whenCompleteAsync(
      BiConsumer<? super T, ? super @Nullable Throwable> action) {
    return whenCompleteAsync(action, defaultExecutor());
  }

  @Override
  public CompletableFuture<T> whenCompleteAsync(
      BiConsumer<? super T, ? super @Nullable Throwable> action, Executor executor) {
    var carried = Carried.biConsumer(action, this);
    return awaiting(super.whenCompleteAsync(carried, executor), carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> handle(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn) {
    var carried = Carried.biFunction(fn, this);
    if (isDone()) {
      return super.handle(carried);
    }
    return awaiting(super.handleAsync(carried, carried), carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> handleAsync(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn) {
    return handleAsync(fn, defaultExecutor());
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> handleAsync(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn, Executor executor) {
    var carried = Carried.biFunction(fn, this);
    return awaiting(super.handleAsync(carried, executor), carried);
  }

  @Override
  public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> fn) {
    var carried = Carried.function(fn, this);
    if (isDone()) {
      return super.exceptionally(carried);
    }
    return awaiting(super.exceptionallyAsync(carried, carried), carried);
  }

  @Override
  public CompletableFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn) {
    return exceptionallyAsync(fn, defaultExecutor());
  }

  @Override
  public CompletableFuture<T> exceptionallyAsync(
      Function<Throwable, ? extends T> fn, Executor executor) {
    var carried = Carried.function(fn, this);
    return awaiting(super.exceptionallyAsync(carried, executor), carried);
  }

  @Override
  public CompletableFuture<T> exceptionallyCompose(
      Function<Throwable, ? extends CompletionStage<T>> fn) {
    var carried = Carried.composing(fn, this);
    if (isDone()) {
      return awaiting(super.exceptionallyCompose(carried), carried);
    }
    return awaiting(super.exceptionallyComposeAsync(carried, carried), carried);
  }

  @Override
  public CompletableFuture<T> exceptionallyComposeAsync(
      Function<Throwable, ? extends CompletionStage<T>> fn) {
    return exceptionallyComposeAsync(fn, defaultExecutor());
  }

  @Override
  public CompletableFuture<T> exceptionallyComposeAsync(
      Function<Throwable, ? extends CompletionStage<T>> fn, Executor executor) {
    var carried = Carried.composing(fn, this);
    return awaiting(super.exceptionallyComposeAsync(carried, executor), carried);
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
    return completeAsync(supplier, defaultExecutor());
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    extras().hasAlternative = true;
    Supplier<T> carried = Carried.supplier(supplier);
    executor.execute(
        () -> {
          if (!isDone()) {
            try {
              complete(carried.get());
            } catch (Throwable e) {
              completeExceptionally(new CompletionException(e));
            }
          }
        });
    return this;
  }
}
