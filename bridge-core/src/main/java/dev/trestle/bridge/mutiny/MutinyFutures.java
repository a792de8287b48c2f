package dev.trestle.bridge.mutiny;

import dev.trestle.context.Context;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.Calls;
import io.smallrye.mutiny.Uni;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Mutiny's {@code Uni} and Java's stages, each made of the other.
 *
 * <pre>{@code
 * return MutinyFutures.toUni(() -> blocking.call(() -> orders.find(id)))   // called when subscribed
 *     .chain(order -> client.price(order));
 * }</pre>
 */
public final class MutinyFutures {
  private MutinyFutures() {}

  /**
   * Subscribes to a {@code Uni}, and returns a future of Trestle's kind for its item.
   *
   * <p><b>Threads.</b> Dependents run on the event loop that this method is called on; without one,
   * on a worker. <b>Cancellation.</b> Cancelling the result, or completing it from outside, cancels
   * the subscription. <b>Context.</b> Dependents run in the context in which they were registered.
   * The subscription has that of the caller, which each {@code toUni} of the chain goes on with.
   *
   * @param uni the {@code Uni}
   * @param <T> the type of the item
   * @return completes with the item, which may be null; fails with the same exception if the {@code
   *     Uni} fails
   */
  public static <T extends @Nullable Object> CompletableFuture<T> toStage(Uni<T> uni) {
    Objects.requireNonNull(uni, "uni");
    CompletableFuture<T> future =
        uni.subscribe()
            .asCompletionStage(io.smallrye.mutiny.Context.of(Context.class, Context.capture()));
    return Calls.adopt(future, () -> future.cancel(true));
  }

  /**
   * Returns a {@code Uni} for a stage that is there already.
   *
   * <p><b>Threads.</b> Signals come as dependents of the stage would run that are registered by
   * subscribing: for one of Trestle's on its event loop, else on a worker. <b>Cancellation.</b>
   * Cancelling a subscription leaves the stage alone, which others may wait for too.
   * <b>Context.</b> From a stage of Trestle's, signals come in the context of the subscription.
   *
   * @param stage the stage
   * @param <T> the type of the item
   * @return has the value of the stage as its item; fails with the cause where the stage fails with
   *     a {@link java.util.concurrent.CompletionException} around it
   */
  public static <T extends @Nullable Object> Uni<T> toUni(CompletionStage<? extends T> stage) {
    Objects.requireNonNull(stage, "stage");
    return StageSubscription.uni(() -> stage, false);
  }

  /**
   * Returns a {@code Uni} that calls an async task, anew for each subscription.
   *
   * <p><b>Threads.</b> The task is called on the thread that subscribes; signals come as with
   * {@link #toUni(CompletionStage)}. <b>Cancellation.</b> Cancelling a subscription cancels the
   * stage that the task returned for it. <b>Context.</b> Below a {@link #toStage} the task runs in
   * the context of who called that, else in the one of the thread that subscribes. Signals come in
   * the same one.
   *
   * @param task starts the async work and returns its stage
   * @param <T> the type of the item
   * @return has the value of the stage as its item; fails with what the task throws, as the stage
   *     does, or with {@link BridgeException} if the task returned null
   */
  public static <T extends @Nullable Object> Uni<T> toUni(
      Callable<? extends CompletionStage<? extends T>> task) {
    Objects.requireNonNull(task, "task");
    return StageSubscription.uni(task, true);
  }
}
