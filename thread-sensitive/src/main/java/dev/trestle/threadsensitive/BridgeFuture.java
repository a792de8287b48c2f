package dev.trestle.threadsensitive;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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
  final Delivery delivery;

  BridgeFuture(Delivery delivery) {
    this.delivery = delivery;
  }

  /** The call whose result this is derived from, if any. */
  abstract @Nullable Call<?> origin();

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    return new DependentFuture<>(delivery, origin());
  }

  @Override
  public Executor defaultExecutor() {
    return task -> Deliveries.deliver(delivery, task);
  }

  /** Tells an observer of ours, on the completing thread, in no particular context. */
  final void observe(BiConsumer<? super T, ? super @Nullable Throwable> observer) {
    var unused = super.whenComplete(observer);
  }

  private boolean isDoneWith(CompletionStage<?> other) {
    return isDone() && other instanceof CompletableFuture<?> future && future.isDone();
  }

  private boolean isDoneOr(CompletionStage<?> other) {
    return isDone() || (other instanceof CompletableFuture<?> future && future.isDone());
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
    var carried = Carried.function(fn, delivery);
    if (isDone()) {
      return super.thenApply(carried);
    }
    return super.thenApplyAsync(carried, carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenApplyAsync(
      Function<? super T, ? extends U> fn) {
    return thenApplyAsync(fn, defaultExecutor());
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenApplyAsync(
      Function<? super T, ? extends U> fn, Executor executor) {
    return super.thenApplyAsync(Carried.function(fn, delivery), executor);
  }

  @Override
  public CompletableFuture<@Nullable Void> thenAccept(Consumer<? super T> action) {
    var carried = Carried.consumer(action, delivery);
    if (isDone()) {
      return super.thenAccept(carried);
    }
    return super.thenAcceptAsync(carried, carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> thenAcceptAsync(Consumer<? super T> action) {
    return thenAcceptAsync(action, defaultExecutor());
  }

  @Override
  public CompletableFuture<@Nullable Void> thenAcceptAsync(
      Consumer<? super T> action, Executor executor) {
    return super.thenAcceptAsync(Carried.consumer(action, delivery), executor);
  }

  @Override
  public CompletableFuture<@Nullable Void> thenRun(Runnable action) {
    var carried = Carried.runnable(action, delivery);
    if (isDone()) {
      return super.thenRun(carried);
    }
    return super.thenRunAsync(carried, carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> thenRunAsync(Runnable action) {
    return thenRunAsync(action, defaultExecutor());
  }

  @Override
  public CompletableFuture<@Nullable Void> thenRunAsync(Runnable action, Executor executor) {
    return super.thenRunAsync(Carried.runnable(action, delivery), executor);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> CompletableFuture<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    var carried = Carried.biFunction(fn, delivery);
    if (isDoneWith(other)) {
      return super.thenCombine(other, carried);
    }
    return super.thenCombineAsync(other, carried, carried);
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
    return super.thenCombineAsync(other, Carried.biFunction(fn, delivery), executor);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<@Nullable Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    var carried = Carried.biConsumer(action, delivery);
    if (isDoneWith(other)) {
      return super.thenAcceptBoth(other, carried);
    }
    return super.thenAcceptBothAsync(other, carried, carried);
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
    return super.thenAcceptBothAsync(other, Carried.biConsumer(action, delivery), executor);
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
    var carried = Carried.runnable(action, delivery);
    if (isDoneWith(other)) {
      return super.runAfterBoth(other, carried);
    }
    return super.runAfterBothAsync(other, carried, carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterBothAsync(
      CompletionStage<?> other, Runnable action) {
    return runAfterBothAsync(other, action, defaultExecutor());
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterBothAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    return super.runAfterBothAsync(other, Carried.runnable(action, delivery), executor);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    var carried = Carried.function(fn, delivery);
    if (isDoneOr(other)) {
      return super.applyToEither(adopt(other), carried);
    }
    return super.applyToEitherAsync(adopt(other), carried, carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    return applyToEitherAsync(other, fn, defaultExecutor());
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn, Executor executor) {
    return super.applyToEitherAsync(adopt(other), Carried.function(fn, delivery), executor);
  }

  @Override
  public CompletableFuture<@Nullable Void> acceptEither(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    var carried = Carried.consumer(action, delivery);
    if (isDoneOr(other)) {
      return super.acceptEither(adopt(other), carried);
    }
    return super.acceptEitherAsync(adopt(other), carried, carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return acceptEitherAsync(other, action, defaultExecutor());
  }

  @Override
  public CompletableFuture<@Nullable Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor) {
    return super.acceptEitherAsync(adopt(other), Carried.consumer(action, delivery), executor);
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterEither(
      CompletionStage<?> other, Runnable action) {
    var carried = Carried.runnable(action, delivery);
    if (isDoneOr(other)) {
      return super.runAfterEither(adopt(other), carried);
    }
    return super.runAfterEitherAsync(adopt(other), carried, carried);
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterEitherAsync(
      CompletionStage<?> other, Runnable action) {
    return runAfterEitherAsync(other, action, defaultExecutor());
  }

  @Override
  public CompletableFuture<@Nullable Void> runAfterEitherAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    return super.runAfterEitherAsync(adopt(other), Carried.runnable(action, delivery), executor);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    var carried = Carried.function(fn, delivery);
    if (isDone()) {
      return super.thenCompose(carried);
    }
    return super.thenComposeAsync(carried, carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    return thenComposeAsync(fn, defaultExecutor());
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn, Executor executor) {
    return super.thenComposeAsync(Carried.function(fn, delivery), executor);
  }

  @Override
  public CompletableFuture<T> whenComplete(
      BiConsumer<? super T, ? super @Nullable Throwable> action) {
    var carried = Carried.biConsumer(action, delivery);
    if (isDone()) {
      return super.whenComplete(carried);
    }
    return super.whenCompleteAsync(carried, carried);
  }

  @Override
  public CompletableFuture<T> whenCompleteAsync(
      BiConsumer<? super T, ? super @Nullable Throwable> action) {
    return whenCompleteAsync(action, defaultExecutor());
  }

  @Override
  public CompletableFuture<T> whenCompleteAsync(
      BiConsumer<? super T, ? super @Nullable Throwable> action, Executor executor) {
    return super.whenCompleteAsync(Carried.biConsumer(action, delivery), executor);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> handle(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn) {
    var carried = Carried.biFunction(fn, delivery);
    if (isDone()) {
      return super.handle(carried);
    }
    return super.handleAsync(carried, carried);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> handleAsync(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn) {
    return handleAsync(fn, defaultExecutor());
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> handleAsync(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn, Executor executor) {
    return super.handleAsync(Carried.biFunction(fn, delivery), executor);
  }

  @Override
  public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> fn) {
    var carried = Carried.function(fn, delivery);
    if (isDone()) {
      return super.exceptionally(carried);
    }
    return super.exceptionallyAsync(carried, carried);
  }

  @Override
  public CompletableFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn) {
    return exceptionallyAsync(fn, defaultExecutor());
  }

  @Override
  public CompletableFuture<T> exceptionallyAsync(
      Function<Throwable, ? extends T> fn, Executor executor) {
    return super.exceptionallyAsync(Carried.function(fn, delivery), executor);
  }

  @Override
  public CompletableFuture<T> exceptionallyCompose(
      Function<Throwable, ? extends CompletionStage<T>> fn) {
    var carried = Carried.function(fn, delivery);
    if (isDone()) {
      return super.exceptionallyCompose(carried);
    }
    return super.exceptionallyComposeAsync(carried, carried);
  }

  @Override
  public CompletableFuture<T> exceptionallyComposeAsync(
      Function<Throwable, ? extends CompletionStage<T>> fn) {
    return exceptionallyComposeAsync(fn, defaultExecutor());
  }

  @Override
  public CompletableFuture<T> exceptionallyComposeAsync(
      Function<Throwable, ? extends CompletionStage<T>> fn, Executor executor) {
    return super.exceptionallyComposeAsync(Carried.function(fn, delivery), executor);
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
    return completeAsync(supplier, defaultExecutor());
  }

  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
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
