package dev.trestle;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** Waits that take no part: unlike {@code join}, they lend their thread to nobody's work. */
public final class Patience {
  private static final long LIMIT_SECONDS = 20;

  private Patience() {}

  /** Waits until a latch is open. */
  public static void await(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT_SECONDS, SECONDS)) {
        throw new AssertionError("the latch stayed closed");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for a latch", e);
    }
  }

  /** Waits for a stage that succeeds. */
  public static <T> T result(CompletionStage<T> stage) {
    CompletableFuture<T> outcome = outcome(stage);
    try {
      return outcome.get(LIMIT_SECONDS, SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the stage failed", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no result", e);
    }
  }

  /** Waits for a stage that fails, and returns the failure as its handlers see it. */
  public static Throwable failure(CompletionStage<?> stage) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    stage.whenComplete(
        (value, thrown) -> {
          if (thrown == null) {
            failure.completeExceptionally(new AssertionError("succeeded with " + value));
          } else {
            failure.complete(thrown);
          }
        });
    return result(failure);
  }

  /** Waits until a stage is done, however. */
  public static void end(CompletionStage<?> stage) {
    CountDownLatch done = new CountDownLatch(1);
    stage.whenComplete((value, thrown) -> done.countDown());
    await(done);
  }

  /**
   * Completes a future as a stage completes, so that a failure shows where the result is awaited.
   */
  public static <T> void forward(CompletionStage<? extends T> stage, CompletableFuture<T> to) {
    stage.whenComplete(
        (value, thrown) -> {
          if (thrown == null) {
            to.complete(value);
          } else {
            to.completeExceptionally(thrown);
          }
        });
  }

  /** Waits until a referent has been collected. */
  public static void collected(WeakReference<?> reference) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .atMost(LIMIT_SECONDS, SECONDS)
        .until(
            () -> {
              if (reference.get() != null) {
                System.gc();
              }
              return reference.get() == null;
            });
  }

  /** Spins for a random moment, so that two threads meet in ever other phases. */
  public static void randomMoment() {
    int spins = 1 << ThreadLocalRandom.current().nextInt(12);
    for (int i = ThreadLocalRandom.current().nextInt(spins); i > 0; i--) {
      Thread.onSpinWait();
    }
  }

  private static <T> CompletableFuture<T> outcome(CompletionStage<T> stage) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    forward(stage, outcome);
    return outcome;
  }
}
