package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What was refused leaves nothing behind. */
class RefusedSubmitTest {
  private final AsyncToSync async = AsyncToSync.create();

  // 23
  @Test
  void callRefusedOnALoopLeavesTheLoopAndItsBlockingCodeFreeToCall() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      Loops.compute(
          loop,
          () -> {
            assertThatThrownBy(() -> async.call(() -> stage(0)))
                .isInstanceOf(BridgeDeadlockException.class);
            return null;
          });
      Integer result =
          Loops.call(
              loop, () -> SyncToAsync.threadSensitive().call(() -> async.call(() -> stage(1))));
      assertThat(result).isEqualTo(1);
    }
  }

  // 23
  @Test
  void bodyInWhichACallWasRefusedMayGoOnCalling() throws Exception {
    ThreadSensitiveScope closed = ThreadSensitiveScope.open();
    closed.close();
    Integer result =
        Patience.result(
            SyncToAsync.threadSensitive()
                .call(
                    () -> {
                      assertThatThrownBy(
                              () ->
                                  async.call(
                                      () -> SyncToAsync.threadSensitive(closed).call(() -> 0)))
                          .isInstanceOf(BridgeException.class);
                      return async.call(() -> SyncToAsync.threadSensitive().call(() -> 1));
                    }));
    assertThat(result).isEqualTo(1);
  }

  // 23
  @Test
  void callToAClosedLoopFailsAndTheCallerIsFreeToCall() {
    EventLoopThread loop = EventLoopThread.start("http-1");
    loop.close();
    assertThatThrownBy(() -> AsyncToSync.on(loop).call(() -> stage(0)))
        .isInstanceOf(BridgeException.class)
        .hasMessage("event loop 'http-1' is closed and did not accept a task");
    assertFree();
  }

  // 23
  @Test
  void executorThatRefusesFailsTheFutureAndTheCallerIsFreeToCall() throws Exception {
    RejectedExecutionException refusal = new RejectedExecutionException("full");
    SyncToAsync blocking =
        SyncToAsync.on(
            task -> {
              throw refusal;
            });
    assertThat(Patience.failure(blocking.call(() -> 0)))
        .satisfiesAnyOf(
            e -> assertThat(e).isSameAs(refusal),
            e -> assertThat(e).isInstanceOf(BridgeException.class).hasCause(refusal));
    assertThatThrownBy(() -> async.call(() -> blocking.call(() -> 0))).isNotNull();
    assertFree();
  }

  // 23
  @Test
  void closedThreadSensitiveExecutorFailsTheFuture() throws Exception {
    ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.platform("mine");
    executor.close();
    assertThat(Patience.failure(SyncToAsync.on(executor).call(() -> 0)))
        .isInstanceOf(BridgeException.class)
        .hasMessage("mine is closed and did not accept a call");
    assertFree();
  }

  @Test
  void eventLoopIsRefusedAsAnExecutorOfBlockingWork() {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      assertThatThrownBy(() -> SyncToAsync.on(loop)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  // 23
  @Test
  void contextOfALoopForbidsNothingOnAPlainThread() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      Context ofLoop = Loops.compute(loop, Context::capture);
      assertThat(Bystander.call(ofLoop.wrap(() -> async.call(() -> stage(1))))).isEqualTo(1);
    }
  }

  // 23
  @Test
  void contextOfADrivenCallForbidsNothingOnAnotherThread() {
    Integer result =
        async.call(
            () -> {
              CompletableFuture<Integer> other = new CompletableFuture<>();
              Runnable calls = () -> other.complete(async.call(() -> stage(1)));
              Bystander.run("other", Context.capture().wrap(calls)::run);
              return other;
            });
    assertThat(result).isEqualTo(1);
  }

  // 23
  @Test
  void contextOfABodyThatHasEndedForbidsNothing() throws Exception {
    AtomicReference<Context> ofBody = new AtomicReference<>();
    Patience.result(SyncToAsync.threadSensitive().run(() -> ofBody.set(Context.capture())));
    Integer result =
        Bystander.call(
            ofBody.get().wrap(() -> async.call(() -> SyncToAsync.threadSensitive().call(() -> 1))));
    assertThat(result).isEqualTo(1);
  }

  private void assertFree() {
    Thread seen = async.call(() -> SyncToAsync.threadSensitive().call(Thread::currentThread));
    assertThat(seen).isSameAs(Thread.currentThread());
  }

  private static <T> CompletableFuture<T> stage(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
