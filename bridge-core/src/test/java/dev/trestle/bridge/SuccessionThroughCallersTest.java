package dev.trestle.bridge;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Call;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A body that starts its successor in a nested call does not keep its past either. */
class SuccessionThroughCallersTest {
  private static final int GENERATIONS = 1_000;

  private final CompletableFuture<WeakReference<Call<?>>> early = new CompletableFuture<>();
  private final Gate last = new Gate();

  @AfterEach
  void letGo() {
    last.open();
  }

  private void generation(AsyncToSync async, int number) {
    if (number == 10) {
      early.complete(new WeakReference<>(Call.current()));
    }
    if (number == GENERATIONS) {
      last.pass();
    } else {
      async.call(
          () -> {
            var unused = SyncToAsync.concurrent().run(() -> generation(async, number + 1));
            return CompletableFuture.completedFuture(null);
          });
    }
  }

  private void assertThePastIsForgotten(AsyncToSync async) {
    var unused = SyncToAsync.concurrent().run(() -> generation(async, 1));
    last.awaitReached();
    Patience.collected(Patience.result(early));
  }

  @Test
  void whereTheCallerDrivesTheLoop() {
    assertThePastIsForgotten(AsyncToSync.create());
  }

  @Test
  void onALoop() {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      assertThePastIsForgotten(AsyncToSync.on(loop));
    }
  }
}
