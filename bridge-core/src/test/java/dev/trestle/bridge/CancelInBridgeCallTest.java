package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.CancelPolicy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 32 and 33: a body that waits in a bridge call of its own when its call is cancelled. */
class CancelInBridgeCallTest {
  private final CompletableFuture<String> innermost = new CompletableFuture<>();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CompletableFuture<Throwable> seen = new CompletableFuture<>();
  private final CompletableFuture<Boolean> flag = new CompletableFuture<>();

  private String waitForTheInnermost() {
    try {
      return AsyncToSync.create()
          .call(
              () -> {
                waiting.countDown();
                return innermost;
              });
    } catch (Throwable thrown) {
      seen.complete(thrown);
      return "absorbed";
    } finally {
      flag.complete(Thread.currentThread().isInterrupted());
    }
  }

  private CompletableFuture<String> startAndWait(CancelPolicy policy) {
    CompletableFuture<String> call =
        SyncToAsync.concurrent().withCancel(policy).call(this::waitForTheInnermost);
    Patience.await(waiting);
    return call;
  }

  @ParameterizedTest
  @EnumSource
  void theInnermostOperationIsCancelledAndTheBodyIsTold(CancelPolicy policy) {
    CompletableFuture<String> call = startAndWait(policy);
    call.cancel(true);
    Patience.end(innermost);
    assertThat(innermost).isCancelled();
    assertThat(Patience.result(seen)).isInstanceOf(CancellationException.class);
    Patience.result(Calls.ended(call));
  }

  @ParameterizedTest
  @EnumSource
  void theThreadIsNotInterruptedThere(CancelPolicy policy) {
    CompletableFuture<String> call = startAndWait(policy);
    call.cancel(true);
    assertThat(Patience.result(flag)).isFalse();
    Patience.result(Calls.ended(call));
  }

  @ParameterizedTest
  @EnumSource(names = {"DETACH", "INTERRUPT"})
  void theCallIsCancelledAtOnce(CancelPolicy policy) {
    CompletableFuture<String> call = startAndWait(policy);
    assertThat(call.cancel(true)).isTrue();
    assertThat(call).isCancelled();
  }

  @Test
  void withWaitABodyThatAbsorbsTheCancelEndsNormally() { // 33
    CompletableFuture<String> call = startAndWait(CancelPolicy.WAIT);
    assertThat(call.cancel(true)).isFalse();
    assertThat(Patience.result(call)).isEqualTo("absorbed");
  }

  @Test
  void withWaitABodyThatLetsTheCancelThroughEndsCancelled() {
    CompletableFuture<String> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.WAIT)
            .call(
                () ->
                    AsyncToSync.create()
                        .call(
                            () -> {
                              waiting.countDown();
                              return innermost;
                            }));
    Patience.await(waiting);
    assertThat(call.cancel(true)).isFalse();
    assertThat(Patience.failure(call)).isInstanceOf(CancellationException.class);
  }

  @Test
  void afterTheBridgeCallTheBodyMayBeInterruptedAgain() {
    Gate after = new Gate();
    CompletableFuture<String> interrupted = new CompletableFuture<>();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.INTERRUPT)
            .run(
                () -> {
                  waitForTheInnermost();
                  try {
                    after.passInterruptibly();
                  } catch (InterruptedException e) {
                    interrupted.complete("interrupted");
                  }
                });
    innermost.complete("done");
    after.awaitReached();
    assertThat(call.cancel(true)).isTrue();
    assertThat(Patience.result(interrupted)).isEqualTo("interrupted");
    Patience.result(Calls.ended(call));
  }
}
