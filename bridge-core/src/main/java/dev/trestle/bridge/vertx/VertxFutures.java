package dev.trestle.bridge.vertx;

import dev.trestle.threadsensitive.Calls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x futures and Java's stages, each made of the other.
 *
 * <pre>{@code
 * return VertxFutures.toFuture(
 *     blocking.call(() -> orders.find(id))                               // on the home
 *         .thenCompose(order -> VertxFutures.toStage(client.price(order)))   // Vert.x's own future
 *         .thenCompose(price -> blocking.call(() -> orders.book(price))));   // the same home
 * }</pre>
 */
public final class VertxFutures {
  private VertxFutures() {}

  /**
   * Returns a future of Trestle's kind for one of Vert.x.
   *
   * <p><b>Threads.</b> Dependents run on the event loop, and in the Vert.x context, that this
   * method is called on; without one, on a worker. <b>Context.</b> Dependents run in the context in
   * which they were registered, thread-locals such as SLF4J's MDC included. <b>Cancellation.</b>
   * Vert.x's futures cannot be cancelled: cancelling the result leaves the original alone.
   *
   * @param future the future of Vert.x
   * @param <T> the type of the result
   * @return completes as the future does, with the same exception if it fails
   */
  public static <T extends @Nullable Object> CompletableFuture<T> toStage(Future<T> future) {
    Objects.requireNonNull(future, "future");
    return Calls.adopt(future.toCompletionStage());
  }

  /**
   * Returns a Vert.x future for a stage.
   *
   * <p><b>Threads.</b> Its handlers run in the Vert.x context that this method is called in;
   * without one, on the thread that completes the stage. <b>Context.</b> Handlers of a request's
   * future see what Trestle keeps for the request: the scope and every {@code Local}, but not
   * thread-locals.
   *
   * @param stage the stage
   * @param <T> the type of the result
   * @return completes as the stage does; fails with the cause where the stage fails with a {@link
   *     CompletionException} around it
   */
  public static <T extends @Nullable Object> Future<T> toFuture(
      CompletionStage<? extends T> stage) {
    Objects.requireNonNull(stage, "stage");
    ContextInternal context = ContextInternal.current();
    Promise<T> promise = context == null ? Promise.promise() : context.promise();
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                promise.complete(value);
              } else {
                promise.fail(unwrapped(failure));
              }
            });
    return promise.future();
  }

  /** What a dependent stage wraps when its source fails. */
  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
