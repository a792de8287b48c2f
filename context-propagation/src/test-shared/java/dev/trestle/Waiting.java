package dev.trestle;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** Waits of tests; each has a time limit, and none is a bridge wait. */
public final class Waiting {
  private static final int LIMIT_SECONDS = 20;

  private Waiting() {}

  public static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(LIMIT_SECONDS, SECONDS)).as("the latch was opened").isTrue();
  }

  /** Waits for a stage without calling its own {@code get}, which would be a bridge wait. */
  public static <R> R result(CompletionStage<R> stage) throws Exception {
    CompletableFuture<R> copy = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            copy.complete(value);
          } else {
            copy.completeExceptionally(failure);
          }
        });
    try {
      return copy.get(LIMIT_SECONDS, SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error) {
        throw (Error) e.getCause();
      }
      throw (Exception) e.getCause();
    }
  }

  /** Waits for the failure of a stage. */
  public static Throwable failure(CompletionStage<?> stage) throws Exception {
    return result(stage.handle((value, failure) -> failure));
  }
}
