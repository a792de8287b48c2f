package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.threadsensitive.BridgeDeadlockException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Waiting on a loop's thread is refused before anything has begun. */
class RefusedOnLoopTest {
  private final AtomicBoolean invoked = new AtomicBoolean();

  // 6
  @Test
  void callOnALoopThreadIsRefusedBeforeTheTaskIsInvoked() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      assertThat(refusal(loop, AsyncToSync.create()))
          .isInstanceOf(BridgeDeadlockException.class)
          .hasMessage(
              "AsyncToSync was called on the thread of event loop 'http-1', which would block that"
                  + " loop; return the CompletionStage instead of waiting for it");
      assertUnharmed(loop);
    }
  }

  // 6
  @Test
  void portalToTheOwnLoopIsRefused() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      assertThat(refusal(loop, AsyncToSync.on(loop)))
          .isInstanceOf(BridgeDeadlockException.class)
          .hasMessageContaining("event loop 'http-1'");
      assertUnharmed(loop);
    }
  }

  // 6
  @Test
  void portalToAnotherLoopIsRefusedOnALoopThread() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("http-1");
        EventLoopThread other = EventLoopThread.start("http-2")) {
      assertThat(refusal(loop, AsyncToSync.on(other)))
          .isInstanceOf(BridgeDeadlockException.class)
          .hasMessageContaining("on the thread of event loop 'http-1'");
      assertUnharmed(loop);
      assertUnharmed(other);
    }
  }

  // 6
  @Test
  void callInTheAsyncCodeThatItsCallerDrivesIsRefused() {
    AsyncToSync async = AsyncToSync.create();
    String result =
        async.call(
            () -> {
              assertRefusedHere(async);
              return stage("unharmed");
            });
    assertThat(result).isEqualTo("unharmed");
  }

  // 6
  @Test
  void callInATaskOfADrivenLoopIsRefused() {
    AsyncToSync async = AsyncToSync.create();
    CompletableFuture<String> result = new CompletableFuture<>();
    async.call(
        () -> {
          EventLoop.current()
              .orElseThrow()
              .execute(
                  () -> {
                    try {
                      assertRefusedHere(async);
                      result.complete("unharmed");
                    } catch (Throwable e) {
                      result.completeExceptionally(e);
                    }
                  });
          return result;
        });
    assertThat(result).isCompletedWithValue("unharmed");
  }

  // 6
  @Test
  void callInADependentOnTheLoopIsRefused() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      Loops.call(
          loop,
          () ->
              SyncToAsync.concurrent()
                  .call(() -> 1)
                  .thenAccept(one -> assertRefusedHere(AsyncToSync.create())));
      assertUnharmed(loop);
    }
  }

  private Throwable refusal(EventLoop loop, AsyncToSync async) throws Exception {
    return Loops.compute(
        loop,
        () -> {
          try {
            async.call(this::invoke);
            return null;
          } catch (RuntimeException e) {
            return e;
          }
        });
  }

  private void assertRefusedHere(AsyncToSync async) {
    assertThatThrownBy(() -> async.call(this::invoke)).isInstanceOf(BridgeDeadlockException.class);
    assertThat(invoked).isFalse();
  }

  private void assertUnharmed(EventLoop loop) throws Exception {
    assertThat(invoked).isFalse();
    Thread thread = Loops.threadOf(loop);
    assertThat(AsyncToSync.on(loop).call(() -> stage(Thread.currentThread()))).isSameAs(thread);
    assertThat(Loops.call(loop, () -> SyncToAsync.threadSensitive().call(() -> 7))).isEqualTo(7);
  }

  private CompletableFuture<String> invoke() {
    invoked.set(true);
    return stage("invoked");
  }

  private static <T> CompletableFuture<T> stage(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
