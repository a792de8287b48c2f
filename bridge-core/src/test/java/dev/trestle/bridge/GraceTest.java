package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.threadsensitive.BridgeTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A caller that gives up serves its call until the async side has ended: where that ends at once,
 * so does the caller. With the whole grace of a second each, these would exceed the time limit.
 */
class GraceTest {
  private static final int CALLS = 100;
  private final AsyncToSync hasty = AsyncToSync.create().withTimeout(Duration.ofMillis(1));

  @Test
  void aCallThatTheCallerDrivesEndsWithItsStage() {
    for (int i = 0; i < CALLS; i++) {
      assertThatThrownBy(() -> hasty.call(CompletableFuture::new))
          .isInstanceOf(BridgeTimeoutException.class);
    }
  }

  @Test
  void aCallWithDependentsEndsWithItsStage() {
    for (int i = 0; i < CALLS; i++) {
      CompletableFuture<Void> never = new CompletableFuture<>();
      assertThatThrownBy(
              () ->
                  hasty.call(
                      () -> SyncToAsync.threadSensitive().run(() -> {}).thenCompose(x -> never)))
          .isInstanceOf(BridgeTimeoutException.class);
    }
  }
}
