package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.BareExecutor;
import dev.trestle.Jitter;
import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.Calls;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 33: several threads make the first calls below a blocked caller, which begins to wait. */
@Tag("concurrency")
class BeginRaceTest {
  private static final int ROUNDS = 1_500;

  private final BareExecutor first = new BareExecutor();
  private final BareExecutor second = new BareExecutor();

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void eachOfTheirCallsIsCancelledWithTheCallOfTheCaller() {
    for (int round = 0; round < ROUNDS; round++) {
      round(round);
    }
  }

  private void round(int round) {
    AtomicInteger told = new AtomicInteger();
    List<CompletableFuture<Void>> calls = new CopyOnWriteArrayList<>();
    CountDownLatch made = new CountDownLatch(2);
    CompletableFuture<Void> outer =
        SyncToAsync.concurrent()
            .withDetachedFailures(failure -> {})
            .run(
                () ->
                    AsyncToSync.create()
                        .call(
                            () -> {
                              for (BareExecutor executor : List.of(first, second)) {
                                Jitter jitter = new Jitter(round * 2L + calls.size());
                                executor.execute(
                                    Context.capture()
                                        .wrap(
                                            (Runnable)
                                                () -> {
                                                  jitter.pause();
                                                  calls.add(callThatWaits(told));
                                                  made.countDown();
                                                }));
                              }
                              return new CompletableFuture<>();
                            }));
    Patience.await(made);
    outer.cancel(true);
    assertThat(calls).hasSize(2);
    for (CompletableFuture<Void> call : calls) {
      assertThat(Patience.failure(call)).isInstanceOf(CancellationException.class);
      Patience.result(Calls.ended(call));
    }
    Patience.result(Calls.ended(outer));
    assertThat(told).as("round %s", round).hasValueLessThanOrEqualTo(2);
  }

  private static CompletableFuture<Void> callThatWaits(AtomicInteger told) {
    return SyncToAsync.concurrent()
        .run(
            () -> {
              CountDownLatch hook = new CountDownLatch(1);
              Calls.onCancel(
                  () -> {
                    told.incrementAndGet();
                    hook.countDown();
                  });
              Patience.await(hook);
            });
  }
}
