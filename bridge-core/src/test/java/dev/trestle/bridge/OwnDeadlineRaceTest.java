package dev.trestle.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.Calls;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 37 and 40: the deadline of a blocked caller comes while a body of its call is on another thread.
 * The timer and the caller itself both see it; what is below is told, never by the caller.
 */
@Tag("concurrency")
class OwnDeadlineRaceTest {
  private static final int ROUNDS = 1_000;

  /** A busy machine may stop anybody for a second, but not again and again. */
  private static final int MAX_SLOW = 2;

  private final AtomicInteger told = new AtomicInteger();
  private final AtomicReference<CompletableFuture<Void>> below = new AtomicReference<>();

  @Test
  void whatIsBelowIsToldAndNeverByTheThreadThatWaits() {
    int slow = 0;
    for (int round = 0; round < ROUNDS; round++) {
      slow += isSlow() ? 1 : 0;
    }
    assertThat(slow)
        .as("rounds in which the caller waited for the grace")
        .isLessThanOrEqualTo(MAX_SLOW);
  }

  private boolean isSlow() {
    told.set(0);
    below.set(null);
    CompletableFuture<Object> stage = new CompletableFuture<>();
    Thread caller = Thread.currentThread();
    // In the async function that thread is the loop, and may be told there that it is too late.
    CompletableFuture<Boolean> toldByWhoWaits =
        stage.handle(
            (value, failure) -> Thread.currentThread() == caller && EventLoop.current().isEmpty());
    AsyncToSync hasty = AsyncToSync.create().withTimeout(aMoment());
    long start = System.nanoTime();
    assertThatThrownBy(
            () ->
                hasty.call(
                    () -> {
                      below.set(SyncToAsync.concurrent().run(this::untilTold));
                      return stage;
                    }))
        .isInstanceOf(BridgeTimeoutException.class);
    long taken = System.nanoTime() - start;
    if (below.get() != null) { // else the deadline came before the async function
      assertThat(Patience.result(toldByWhoWaits)).isFalse();
      assertThat(stage).isCancelled();
      Patience.result(Calls.ended(below.get()));
      assertThat(below.get()).isCancelled();
      assertThat(told).hasValueLessThanOrEqualTo(1);
    }
    assertThat(Thread.interrupted()).isFalse();
    return taken >= SECONDS.toNanos(1);
  }

  private void untilTold() {
    CountDownLatch hook = new CountDownLatch(1);
    Calls.onCancel(
        () -> {
          told.incrementAndGet();
          hook.countDown();
        });
    Patience.await(hook);
  }

  private static Duration aMoment() {
    return Duration.ofNanos(1 + ThreadLocalRandom.current().nextLong(1_500_000));
  }
}
