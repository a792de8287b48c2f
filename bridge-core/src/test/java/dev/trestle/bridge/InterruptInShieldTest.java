package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.BareExecutor;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.CancelPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 33 and 35: an interrupt waits for a shielded call to end, and then comes once. */
class InterruptInShieldTest {
  private final BareExecutor worker = new BareExecutor();
  private final AsyncToSync async = AsyncToSync.create();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CompletableFuture<String> held = new CompletableFuture<>();
  private final CompletableFuture<List<Object>> seen = new CompletableFuture<>();

  @AfterEach
  void close() {
    worker.close();
  }

  private void body() {
    List<Object> events = new ArrayList<>();
    try {
      events.add(
          async
              .shielded()
              .call(
                  () -> {
                    waiting.countDown();
                    return held;
                  }));
      events.add(Thread.interrupted());
      events.add(Thread.interrupted());
      events.add(async.call(() -> CompletableFuture.completedFuture("clean-up")));
      events.add(Thread.interrupted());
    } catch (Throwable e) {
      events.add(e);
    }
    seen.complete(events);
  }

  @Test
  void theBodyIsInterruptedOnceWhenItLeavesTheCall() {
    CompletableFuture<Void> call =
        SyncToAsync.on(worker).withCancel(CancelPolicy.INTERRUPT).run(this::body);
    Patience.await(waiting);
    assertThat(call.cancel(true)).isTrue();
    assertThat(held).isNotDone();
    held.complete("shielded");
    assertThat(Patience.result(seen)).containsExactly("shielded", true, false, "clean-up", false);
    assertThat(worker.takeInterrupt()).isFalse();
  }
}
