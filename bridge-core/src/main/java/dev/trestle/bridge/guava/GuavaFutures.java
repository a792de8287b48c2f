package dev.trestle.bridge.guava;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import dev.trestle.threadsensitive.Calls;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Guava's futures and Java's stages, each made of the other.
 *
 * <p>Cancelling goes through both ways, as with all futures that Guava derives: what is shared with
 * others is given as {@code Futures.nonCancellationPropagating(future)}, or as a {@code copy()} of
 * the stage.
 */
public final class GuavaFutures {
  private GuavaFutures() {}

  /**
   * Returns a future of Trestle's kind for one of Guava.
   *
   * <p><b>Threads.</b> Dependents run on the event loop that this method is called on; without one,
   * on a worker. <b>Cancellation.</b> Cancelling the result, or completing it from outside, cancels
   * the original. <b>Context.</b> Dependents run in the context in which they were registered.
   *
   * @param future the future of Guava
   * @param <T> the type of the result
   * @return completes as the future does, with the same exception if it fails; is cancelled if it
   *     is
   */
  public static <T extends @Nullable Object> CompletableFuture<T> toStage(
      ListenableFuture<T> future) {
    Objects.requireNonNull(future, "future");
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Futures.addCallback(
        future,
        new FutureCallback<T>() {
          @Override
          @SuppressWarnings("NullAway") // the value is null only where T allows it
          public void onSuccess(@Nullable T value) {
            outcome.complete(value);
          }

          @Override
          public void onFailure(Throwable failure) {
            outcome.completeExceptionally(failure);
          }
        },
        directExecutor());
    return Calls.adopt(outcome, () -> future.cancel(true));
  }

  /**
   * Returns a future of Guava for a stage.
   *
   * <p><b>Threads.</b> A listener with {@code directExecutor()} runs as a dependent of the stage
   * does: for one of Trestle's on its event loop, else on a worker. <b>Cancellation.</b> Cancelling
   * the result cancels the stage. <b>Context.</b> From a stage of Trestle's, such a listener runs
   * in the context in which this method was called.
   *
   * @param stage the stage
   * @param <T> the type of the result
   * @return completes as the stage does, and is cancelled if it is; fails with the cause where the
   *     stage fails with a {@link CompletionException} around it
   */
  public static <T extends @Nullable Object> ListenableFuture<T> toFuture(
      CompletionStage<? extends T> stage) {
    Objects.requireNonNull(stage, "stage");
    SettableFuture<T> future = SettableFuture.create();
    future.addListener(
        () -> {
          if (future.isCancelled()) {
            stage.toCompletableFuture().cancel(true);
          }
        },
        directExecutor());
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                future.set(value);
              } else {
                fail(future, failure);
              }
            });
    return future;
  }

  private static void fail(SettableFuture<?> future, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    Throwable told = cause != null ? cause : failure;
    if (told instanceof CancellationException) {
      future.cancel(false);
    } else {
      future.setException(told);
    }
  }
}
