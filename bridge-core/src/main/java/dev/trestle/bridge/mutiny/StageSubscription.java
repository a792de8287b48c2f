package dev.trestle.bridge.mutiny;

import dev.trestle.context.Context;
import dev.trestle.threadsensitive.BridgeException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One subscription to the stage behind a {@code Uni}. */
final class StageSubscription<T extends @Nullable Object> {
  private final UniEmitter<? super T> emitter;

  private StageSubscription(UniEmitter<? super T> emitter) {
    this.emitter = emitter;
  }

  static <T extends @Nullable Object> Uni<T> uni(
      Callable<? extends CompletionStage<? extends T>> task, boolean owned) {
    return Uni.createFrom()
        .context(
            subscriber ->
                Uni.createFrom()
                    .emitter(
                        emitter ->
                            new StageSubscription<T>(emitter).start(subscriber, task, owned)));
  }

  private void start(
      io.smallrye.mutiny.Context subscriber,
      Callable<? extends CompletionStage<? extends T>> task,
      boolean owned) {
    Callable<@Nullable Void> body =
        () -> {
          CompletionStage<? extends T> stage = task.call();
          if (stage == null) {
            throw new BridgeException(
                "the task returned null where a CompletionStage was expected; return"
                    + " CompletableFuture.completedFuture(null) for no value");
          }
          if (owned) {
            emitter.onTermination(() -> stage.toCompletableFuture().cancel(true));
          }
          var unused = stage.whenComplete(this::end);
          return null;
        };
    try {
      if (subscriber.contains(Context.class)) {
        subscriber.<Context>get(Context.class).call(body);
      } else {
        body.call();
      }
    } catch (Throwable e) {
      emitter.fail(e);
    }
  }

  /** After a cancel nobody is told. */
  private void end(T value, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    Throwable told = cause != null ? cause : failure;
    if (told == null) {
      emitter.complete(value);
    } else {
      emitter.fail(told);
    }
  }
}
