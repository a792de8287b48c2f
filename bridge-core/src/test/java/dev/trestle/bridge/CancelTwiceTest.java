package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.CancelPolicy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 33: a future that is cancelled already cannot be cancelled again: clean-up is left in peace. */
class CancelTwiceTest {
  private final AsyncToSync async = AsyncToSync.create();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CompletableFuture<String> held = new CompletableFuture<>();
  private final CompletableFuture<Object> seen = new CompletableFuture<>();
  private final Gate gate = new Gate();

  @AfterEach
  void letGo() {
    gate.open();
  }

  private String waitForHeld(AsyncToSync nested) {
    return nested.call(
        () -> {
          waiting.countDown();
          return held;
        });
  }

  private void cleanUp() {
    try {
      gate.pass();
      seen.complete(async.call(() -> CompletableFuture.completedFuture("cleaned up")));
    } catch (Throwable e) {
      seen.complete(e);
    }
  }

  @Test
  void theCleanUpOfADetachedBodyIsNotCancelled() {
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .run(
                () -> {
                  try {
                    waitForHeld(async);
                  } catch (CancellationException e) {
                    cleanUp();
                  }
                });
    Patience.await(waiting);
    call.cancel(true);
    gate.awaitReached();
    call.cancel(true);
    gate.open();
    assertThat(Patience.result(seen)).isEqualTo("cleaned up");
  }

  @Test
  void theCleanUpOfABodyThatIsInterruptedWhenItLeavesAShieldIsNotCancelled() {
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.INTERRUPT)
            .run(
                () -> {
                  waitForHeld(async.shielded());
                  assertThat(Thread.interrupted()).isTrue();
                  cleanUp();
                });
    gate.open();
    Patience.await(waiting);
    call.cancel(true);
    call.cancel(true);
    held.complete("shielded");
    assertThat(Patience.result(seen)).isEqualTo("cleaned up");
  }
}
