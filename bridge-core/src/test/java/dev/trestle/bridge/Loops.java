package dev.trestle.bridge;

import dev.trestle.Patience;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Runs the code of a test on an event loop. */
final class Loops {
  private Loops() {}

  /** Runs an async task on a loop and waits, outside of it, for its result. */
  static <R> R call(EventLoop loop, Callable<? extends CompletionStage<R>> task) throws Exception {
    return Patience.result(start(loop, task));
  }

  /** Runs a plain task on a loop and waits, outside of it, for its result. */
  static <R> R compute(EventLoop loop, Callable<R> task) throws Exception {
    return call(loop, () -> CompletableFuture.completedFuture(task.call()));
  }

  static Thread threadOf(EventLoop loop) throws Exception {
    return compute(loop, Thread::currentThread);
  }

  static <R> CompletableFuture<R> start(
      EventLoop loop, Callable<? extends CompletionStage<R>> task) {
    CompletableFuture<R> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            task.call()
                .whenComplete(
                    (value, failure) -> {
                      if (failure == null) {
                        result.complete(value);
                      } else {
                        result.completeExceptionally(failure);
                      }
                    });
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }
}
