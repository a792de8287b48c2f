package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.BareExecutor;
import dev.trestle.Patience;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.CancelPolicy;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 37: a time-out races with the result; the caller gets the one or the other. */
@Tag("concurrency")
class TimeoutRaceTest {
  private static final int ROUNDS = 2_000;
  private static final Local<String> SET = Local.named("set");
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void close() {
    SET.remove();
    other.shutdown();
  }

  private static Duration aMoment() {
    return Duration.ofNanos(1 + ThreadLocalRandom.current().nextLong(200_000));
  }

  @Test
  void aBlockedCallerGetsTheResultOrTheTimeOut() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("loop")) {
      for (int round = 0; round < ROUNDS; round++) {
        SET.remove();
        CompletableFuture<String> stage = new CompletableFuture<>();
        Future<Boolean> completed =
            other.submit(
                () -> {
                  Patience.randomMoment();
                  return stage.complete("result");
                });
        try {
          String result =
              AsyncToSync.on(loop)
                  .withTimeout(aMoment())
                  .call(
                      () -> {
                        SET.set("by the async function");
                        return stage;
                      });
          assertThat(result).isEqualTo("result");
          assertThat(completed.get()).isTrue();
          assertThat(SET.isSet()).isTrue();
        } catch (BridgeTimeoutException e) {
          assertThat(SET.isSet()).isFalse();
          completed.get();
        } catch (CancellationException e) {
          throw new AssertionError("a time-out was told as somebody else's cancellation", e);
        }
        assertThat(Thread.interrupted()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBlockingCallYieldsTheResultOrTheTimeOut(CancelPolicy policy) throws Exception {
    AtomicInteger runs = new AtomicInteger();
    BareExecutor bare = new BareExecutor();
    for (int round = 0; round < ROUNDS; round++) {
      runs.set(0);
      CompletableFuture<String> call =
          SyncToAsync.on(bare)
              .withCancel(policy)
              .withTimeout(aMoment())
              .call(
                  () -> {
                    runs.incrementAndGet();
                    Patience.randomMoment();
                    return "result";
                  });
      CompletableFuture<String> outcome =
          call.handle((result, thrown) -> thrown == null ? result : thrown.getClass().getName());
      assertThat(Patience.result(outcome)).isIn("result", BridgeTimeoutException.class.getName());
      assertThat(bare.takeInterrupt()).isFalse();
      assertThat(runs).hasValueLessThanOrEqualTo(1);
      if ("result".equals(Patience.result(outcome))) {
        assertThat(runs).hasValue(1);
      }
    }
    bare.close();
  }
}
