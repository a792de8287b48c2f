package dev.trestle.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Jitter;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 33: the cancel of a blocked caller races the end of the body that it waits for. Whoever comes
 * first, the caller is told, the body below is told once at most, and nobody waits for the grace.
 */
@Tag("concurrency")
class CancelAgainstEndRaceTest {
  private static final int ROUNDS = 1_000;

  /** A busy machine may stop anybody for a second, but not again and again. */
  private static final int MAX_SLOW = 2;

  private final AtomicInteger told = new AtomicInteger();

  /** What became of the call that a body made to clean up; null if it made none. */
  private final AtomicReference<Object> cleanUp = new AtomicReference<>();

  /** What the body below does when it may be told. */
  private interface Below {
    void run(Jitter jitter, CountDownLatch callerEnded) throws Exception;
  }

  private void race(Below below) {
    int slow = 0;
    for (int round = 0; round < ROUNDS; round++) {
      slow += isSlow(round, below) ? 1 : 0;
    }
    assertThat(slow)
        .as("rounds in which the caller waited for the grace")
        .isLessThanOrEqualTo(MAX_SLOW);
  }

  private boolean isSlow(int round, Below below) {
    Jitter above = new Jitter(round);
    told.set(0);
    cleanUp.set(null);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch callerEnded = new CountDownLatch(1);
    AtomicReference<CompletableFuture<String>> innermost = new AtomicReference<>();
    CompletableFuture<Object> seen = new CompletableFuture<>();
    CompletableFuture<Void> outer =
        SyncToAsync.concurrent()
            .run(
                () ->
                    seen.complete(
                        outcome(
                            () -> {
                              innermost.set(
                                  SyncToAsync.concurrent()
                                      .withDetachedFailures(failure -> {})
                                      .call(
                                          () -> {
                                            Calls.onCancel(told::incrementAndGet);
                                            begun.countDown();
                                            below.run(new Jitter(~round), callerEnded);
                                            return "value";
                                          }));
                              return innermost.get();
                            })));
    Patience.await(begun);
    above.pause();
    long start = System.nanoTime();
    outer.cancel(true);
    Patience.result(Calls.ended(outer));
    long taken = System.nanoTime() - start;
    callerEnded.countDown();
    Patience.result(Calls.ended(innermost.get()));
    assertThat(Patience.result(seen)).as("round %s", round).isIn("value", "cancelled");
    assertThat(innermost.get()).isDone();
    assertThat(told).hasValueLessThanOrEqualTo(1);
    assertThat(cleanUp.get()).as("round %s", round).isIn(null, "value");
    return taken >= SECONDS.toNanos(1);
  }

  private static Object outcome(Callable<CompletableFuture<String>> task) {
    try {
      return AsyncToSync.create().call(task);
    } catch (CancellationException e) {
      return "cancelled";
    }
  }

  @Test
  void aBodyThatEndsInThatMoment() {
    race((jitter, callerEnded) -> jitter.pause());
  }

  @Test
  void aBodyThatNobodyCanTellIsLeftAlone() {
    race(
        (jitter, callerEnded) -> {
          jitter.pause();
          Patience.await(callerEnded);
        });
  }

  @Test
  void aBodyThatIsToldInAWaitAndEnds() {
    race(
        (jitter, callerEnded) -> {
          jitter.pause();
          outcome(CompletableFuture::new);
          jitter.pause();
        });
  }

  @Test
  void aBodyThatIsToldInAWaitCleansUpUndisturbed() {
    race(
        (jitter, callerEnded) -> {
          jitter.pause();
          assertThat(outcome(CompletableFuture::new)).isEqualTo("cancelled");
          cleanUp.set(
              outcome(
                  () ->
                      SyncToAsync.concurrent()
                          .call(
                              () -> {
                                jitter.pause();
                                return "value";
                              })));
        });
  }
}
