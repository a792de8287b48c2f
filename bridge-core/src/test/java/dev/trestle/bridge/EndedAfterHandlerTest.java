package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EndedAfterHandlerTest {
  @Test
  void whileTheHandlerOfADetachedFailureRunsTheCallHasNotEnded() { // 38
    Gate body = new Gate();
    Gate handler = new Gate();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withDetachedFailures(thrown -> handler.pass())
            .run(
                () -> {
                  body.pass();
                  throw new IllegalStateException("detached");
                });
    body.awaitReached();
    CompletableFuture<Void> ended = Calls.ended(call);
    call.cancel(true);
    body.open();
    handler.awaitReached();
    try {
      Patience.end(SyncToAsync.concurrent().call(() -> ""));
      assertThat(ended).isNotDone();
    } finally {
      handler.open();
    }
    Patience.result(ended);
  }
}
