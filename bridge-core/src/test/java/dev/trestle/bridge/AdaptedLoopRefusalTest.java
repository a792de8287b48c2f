package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.threadsensitive.BridgeDeadlockException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A loop that no finder recognises is known at least to the call that names it. */
class AdaptedLoopRefusalTest {
  private final AtomicReference<Thread> thread = new AtomicReference<>();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final EventLoop loop =
      EventLoop.adapt("foreign", executor, () -> Thread.currentThread() == thread.get());

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  // 6
  @Test
  void portalToAnAdaptedLoopIsRefusedOnItsOwnThread() throws Exception {
    Loops.compute(
        loop,
        () -> {
          thread.set(Thread.currentThread());
          assertThatThrownBy(
                  () ->
                      AsyncToSync.on(loop).call(() -> CompletableFuture.completedFuture("invoked")))
              .isInstanceOf(BridgeDeadlockException.class)
              .hasMessageContaining("event loop 'foreign'");
          return null;
        });
    assertThat(Loops.threadOf(loop)).as("the loop is unharmed").isSameAs(thread.get());
  }
}
