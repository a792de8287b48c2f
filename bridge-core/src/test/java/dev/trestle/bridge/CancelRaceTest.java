package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.BareExecutor;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.CancelPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 34: start, finish, cancel and completion from outside race; each outcome is a documented one. */
@Tag("concurrency")
class CancelRaceTest {
  private static final int ROUNDS = 4_000;
  private final BareExecutor worker = new BareExecutor();
  private final ExecutorService outside = Executors.newSingleThreadExecutor();
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() {
    worker.close();
    outside.shutdown();
  }

  private CompletableFuture<String> start(CancelPolicy policy) {
    runs.set(0);
    return SyncToAsync.on(worker)
        .withCancel(policy)
        .call(
            () -> {
              runs.incrementAndGet();
              Patience.randomMoment();
              return "done";
            });
  }

  private void assertTheNextTaskIsClean() {
    assertThat(worker.takeInterrupt()).isFalse();
    assertThat(runs).hasValueLessThanOrEqualTo(1);
  }

  private static String outcome(CompletableFuture<String> call) {
    Patience.end(call);
    return call.isCancelled() ? "cancelled" : Patience.result(call);
  }

  @ParameterizedTest
  @EnumSource
  void cancelAgainstStartAndFinish(CancelPolicy policy) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      CompletableFuture<String> call = start(policy);
      Patience.randomMoment();
      boolean cancelled = call.cancel(true);
      assertThat(outcome(call)).isEqualTo(cancelled ? "cancelled" : "done");
      assertTheNextTaskIsClean();
      if (!cancelled) {
        assertThat(runs).hasValue(1);
      } else if (policy == CancelPolicy.WAIT) {
        assertThat(runs).hasValue(0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void completionFromOutsideAgainstStartAndFinish(CancelPolicy policy) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      CompletableFuture<String> call = start(policy);
      Patience.randomMoment();
      boolean completed = call.complete("outside");
      assertThat(outcome(call)).isEqualTo(completed ? "outside" : "done");
      assertTheNextTaskIsClean();
    }
  }

  @ParameterizedTest
  @EnumSource
  void allAtOnceHaveOneWinner(CancelPolicy policy) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      CompletableFuture<String> call = start(policy);
      Future<Boolean> completed =
          outside.submit(
              () -> {
                Patience.randomMoment();
                return call.complete("outside");
              });
      Patience.randomMoment();
      boolean cancelled = call.cancel(true);
      String expected = cancelled ? "cancelled" : completed.get() ? "outside" : "done";
      assertThat(outcome(call)).isEqualTo(expected);
      assertThat(cancelled && completed.get()).isFalse();
      assertTheNextTaskIsClean();
    }
  }
}
