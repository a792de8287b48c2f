package dev.trestle.bridge.reactor;

import dev.trestle.context.Context;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.Calls;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Reactor's {@code Mono} and Java's stages, each made of the other.
 *
 * <pre>{@code
 * return ReactorFutures.toMono(() -> blocking.call(() -> orders.find(id)))   // called when subscribed
 *     .flatMap(order -> client.price(order));
 * }</pre>
 */
public final class ReactorFutures {
  /** Kept below a {@code toMono}, so that a {@code toStage} there can go on with it. */
  private static final Local<ContextView> SUBSCRIBER = Local.named("Reactor's context");

  private ReactorFutures() {}

  /**
   * Subscribes to a {@code Mono}, and returns a future of Trestle's kind for its value.
   *
   * <p><b>Threads.</b> Dependents run on the event loop that this method is called on; without one,
   * on a worker. <b>Cancellation.</b> Cancelling the result, or completing it from outside, cancels
   * the subscription. <b>Context.</b> Dependents run in the context in which they were registered.
   * The subscription has that of the caller: Reactor's, if this is called below a {@link
   * #toMono(Callable)}, the registered thread-locals as {@code contextCapture} adds them, and
   * Trestle's, which each {@code toMono} of the chain goes on with.
   *
   * @param mono the {@code Mono}
   * @param <T> the type of the value
   * @return completes with the value, or with null where the {@code Mono} is empty; fails with the
   *     same exception if it fails
   */
  public static <T> CompletableFuture<@Nullable T> toStage(Mono<T> mono) {
    Objects.requireNonNull(mono, "mono");
    CompletableFuture<@Nullable T> future =
        mono.contextCapture().contextWrite(ReactorFutures::withCaller).toFuture();
    return Calls.adopt(future, () -> future.cancel(true));
  }

  /**
   * Returns a {@code Mono} for a stage that is there already.
   *
   * <p><b>Threads.</b> Signals come as dependents of the stage would run that are registered by
   * subscribing: for one of Trestle's on its event loop, else on a worker. <b>Cancellation.</b>
   * Cancelling a subscription leaves the stage alone, which others may wait for too.
   * <b>Context.</b> From a stage of Trestle's, signals come in the context of the subscription.
   *
   * @param stage the stage
   * @param <T> the type of the value
   * @return signals the value, or nothing for null; fails with the cause where the stage fails with
   *     a {@link java.util.concurrent.CompletionException} around it
   */
  public static <T> Mono<T> toMono(CompletionStage<? extends @Nullable T> stage) {
    Objects.requireNonNull(stage, "stage");
    return Mono.create(sink -> new StageSubscription<T>(sink).start(() -> stage, false));
  }

  /**
   * Returns a {@code Mono} that calls an async task, anew for each subscription.
   *
   * <p><b>Threads.</b> The task is called on the thread that subscribes; signals come as with
   * {@link #toMono(CompletionStage)}. <b>Cancellation.</b> Cancelling a subscription cancels the
   * stage that the task returned for it; if that fails otherwise, {@code Hooks.onErrorDropped} is
   * told. <b>Context.</b> Below a {@link #toStage} the task runs in the context of who called that,
   * else in the one of the thread that subscribes. Signals come in the same one.
   *
   * @param task starts the async work and returns its stage
   * @param <T> the type of the value
   * @return signals the value, or nothing for null; fails with what the task throws, as the stage
   *     does, or with {@link BridgeException} if the task returned null
   */
  public static <T> Mono<T> toMono(
      Callable<? extends CompletionStage<? extends @Nullable T>> task) {
    Objects.requireNonNull(task, "task");
    return Mono.create(sink -> new StageSubscription<T>(sink).start(task, true));
  }

  /** Runs a body below a subscription, in the context that this has brought along. */
  static void below(ContextView subscriber, Callable<@Nullable Void> body) throws Exception {
    Context brought = subscriber.getOrDefault(Context.class, null);
    // Without what it has brought: else each subscription would keep all those before it.
    ContextView own = reactor.util.context.Context.of(subscriber).delete(Context.class);
    Callable<@Nullable Void> withSubscriber = () -> SUBSCRIBER.where(own, body);
    if (brought == null) {
      withSubscriber.call();
    } else {
      brought.call(withSubscriber);
    }
  }

  private static reactor.util.context.Context withCaller(reactor.util.context.Context own) {
    ContextView subscriber = SUBSCRIBER.orElse(reactor.util.context.Context.empty());
    return own.putAll(subscriber).put(Context.class, Context.capture());
  }
}
