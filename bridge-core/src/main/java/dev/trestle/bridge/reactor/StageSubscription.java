package dev.trestle.bridge.reactor;

import dev.trestle.threadsensitive.BridgeException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** One subscription to the stage behind a {@code Mono}. */
final class StageSubscription<T> {
  private final MonoSink<T> sink;

  /** Whether the stage, which nobody else has, was cancelled with this. */
  private volatile boolean cancelled;

  StageSubscription(MonoSink<T> sink) {
    this.sink = sink;
  }

  void start(Callable<? extends CompletionStage<? extends @Nullable T>> task, boolean owned) {
    try {
      ReactorFutures.below(
          sink.contextView(),
          () -> {
            CompletionStage<? extends @Nullable T> stage = task.call();
            if (stage == null) {
              throw new BridgeException(
                  "the task returned null where a CompletionStage was expected; return"
                      + " CompletableFuture.completedFuture(null) for no value");
            }
            if (owned) {
              sink.onCancel(() -> cancel(stage));
            }
            var unused = stage.whenComplete(this::end);
            return null;
          });
    } catch (Exception e) {
      sink.error(e);
    }
  }

  private void cancel(CompletionStage<?> stage) {
    cancelled = true;
    stage.toCompletableFuture().cancel(true);
  }

  private void end(@Nullable T value, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    Throwable told = cause != null ? cause : failure;
    if (told == null) {
      sink.success(value);
    } else if (!cancelled) {
      sink.error(told);
    } else if (!(told instanceof CancellationException)) {
      Operators.onErrorDropped(told, Context.of(sink.contextView())); // the sink would keep silent
    }
  }
}
