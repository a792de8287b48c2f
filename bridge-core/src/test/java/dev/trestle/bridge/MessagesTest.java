package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The words of DESIGN.md, section 7; those for interrupts and null stages are tested with them. */
class MessagesTest {
  @Test
  @SuppressWarnings("blocking-in-async") // what the bridge says to it
  void waitingOnALoop() {
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      CompletableFuture<Object> refused = new CompletableFuture<>();
      loop.execute(
          () -> {
            try {
              refused.complete(
                  AsyncToSync.create().call(() -> CompletableFuture.completedFuture("")));
            } catch (Throwable thrown) {
              refused.completeExceptionally(thrown);
            }
          });
      assertThat(Patience.failure(refused))
          .isInstanceOf(BridgeDeadlockException.class)
          .hasMessage(
              "AsyncToSync was called on the thread of event loop 'http-1', which would block"
                  + " that loop; return the CompletionStage instead of waiting for it");
    }
  }

  @Test
  void timeout() {
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      AsyncToSync hasty = AsyncToSync.on(loop).withTimeout(Duration.ofMillis(50));
      assertThatThrownBy(() -> hasty.call(CompletableFuture::new))
          .isInstanceOf(BridgeTimeoutException.class)
          .hasMessage("no result from event loop 'http-1' within PT0.05S; the call was cancelled");
    }
  }

  @Test
  void closed() {
    EventLoopThread loop = EventLoopThread.start("http-1");
    loop.close();
    assertThatThrownBy(() -> AsyncToSync.on(loop).call(() -> CompletableFuture.completedFuture("")))
        .isInstanceOf(BridgeException.class)
        .hasMessage("event loop 'http-1' is closed and did not accept a task");
  }

  @Test
  void blockingWorkOnALoop() {
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      assertThatThrownBy(() -> SyncToAsync.on(loop))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("http-1");
    }
  }

  @Test
  void nullArgumentsAreRefusedByName() {
    SyncToAsync blocking = SyncToAsync.concurrent();
    AsyncToSync async = AsyncToSync.create();
    assertRefused(() -> blocking.call(null), "task");
    assertRefused(() -> blocking.run(null), "task");
    assertRefused(() -> blocking.wrap(null), "function");
    assertRefused(() -> blocking.withCancel(null), "policy");
    assertRefused(() -> blocking.withTimeout(null), "timeout");
    assertRefused(() -> blocking.completingOn(null), "executor");
    assertRefused(() -> blocking.withDetachedFailures((Consumer<Throwable>) null), "handler");
    assertRefused(() -> SyncToAsync.on(null), "executor");
    assertRefused(() -> SyncToAsync.threadSensitive(null), "scope");
    assertRefused(() -> async.call(null), "task");
    assertRefused(() -> async.wrap(null), "function");
    assertRefused(() -> async.withTimeout(null), "timeout");
    assertRefused(() -> AsyncToSync.on(null), "loop");
  }

  private static void assertRefused(Callable<?> made, String parameter) {
    assertThatThrownBy(made::call)
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining(parameter);
  }

  @Test
  void withMethodsLeaveTheInstanceAsItWas() {
    SyncToAsync blocking = SyncToAsync.concurrent();
    assertThat(blocking.withTimeout(Duration.ofNanos(1))).isNotSameAs(blocking);
    assertThat(Patience.result(blocking.call(() -> "in time"))).isEqualTo("in time");
    AsyncToSync async = AsyncToSync.create();
    assertThat(async.withTimeout(Duration.ofNanos(1))).isNotSameAs(async);
    assertThat(async.call(() -> SyncToAsync.concurrent().call(() -> "in time")))
        .isEqualTo("in time");
  }
}
