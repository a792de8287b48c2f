package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Where thread-sensitive work goes whose blocked frame has returned. */
class LeavingFrameTest {
  private final AsyncToSync async = AsyncToSync.create();
  private final SyncToAsync blocking = SyncToAsync.threadSensitive();
  private final CountDownLatch returned = new CountDownLatch(1);
  private final CompletableFuture<Thread> late = new CompletableFuture<>();

  // 11 ★
  @Test
  void workOfALateChildGoesToTheSharedThread() throws Exception {
    Thread shared = Patience.result(blocking.call(Thread::currentThread));
    async.call(this::startLateChild);
    returned.countDown();
    assertThat(Patience.result(late)).isSameAs(shared);
  }

  // 11 ★
  @Test
  void workOfALateChildGoesToAnotherBlockedFrameOfTheChain() {
    Thread seen =
        async.call(
            () ->
                blocking
                    .run(
                        () -> {
                          async.call(this::startLateChild);
                          returned.countDown();
                        })
                    .thenCompose(done -> late));
    assertThat(seen).isSameAs(Thread.currentThread());
  }

  // 11 ★
  @Test
  void workOfALateChildInAScopeGoesToTheScopesThread() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      SyncToAsync inScope = SyncToAsync.threadSensitive(scope);
      Thread home = Patience.result(inScope.call(Thread::currentThread));
      Patience.result(inScope.run(() -> async.call(this::startLateChild)));
      returned.countDown();
      assertThat(Patience.result(late)).isSameAs(home);
    }
  }

  @Test
  void workOfACallThatWasGivenUpOnThisThreadIsRefusedWhenTheOuterCallEnds() {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    async.call(
        () -> {
          Patience.forward(blocking.call(() -> worksForACallGivenUp(done)), done);
          return done;
        });
    assertThatThrownBy(() -> Patience.result(late))
        .rootCause()
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("which has left the call");
  }

  private boolean worksForACallGivenUp(CompletableFuture<Boolean> done) {
    CompletableFuture<Context> inner = new CompletableFuture<>();
    Thread waiting = Thread.currentThread();
    assertThatThrownBy(
            () ->
                async.call(
                    () -> {
                      inner.complete(Context.capture());
                      waiting.interrupt();
                      return new CompletableFuture<>();
                    }))
        .isInstanceOf(BridgeInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    Patience.result(inner).run(() -> Patience.forward(blocking.call(Thread::currentThread), late));
    return done.complete(true);
  }

  // 11 ★ and 12 ★
  @Test
  void readyResultReturnsAtOnceAndQueuedWorkStillRunsOnTheSharedThread() throws Exception {
    Thread shared = Patience.result(blocking.call(Thread::currentThread));
    CompletableFuture<Thread> left = new CompletableFuture<>();
    String result =
        async.call(
            () -> {
              // Drained before the call returns, this body would never end.
              Patience.forward(
                  blocking.call(
                      () -> {
                        Patience.await(returned);
                        return Thread.currentThread();
                      }),
                  left);
              return CompletableFuture.completedFuture("ready");
            });
    assertThat(result).isEqualTo("ready");
    assertThat(left).isNotDone();
    returned.countDown();
    assertThat(Patience.result(left)).isSameAs(shared);
  }

  // 11 ★
  @Test
  void workOfALateChildOfATimedOutCallFailsSinceItsThreadHasLeft() throws Exception {
    assertThatThrownBy(
            () -> async.withTimeout(Duration.ofMillis(50)).call(this::startLateChildAndNeverEnd))
        .isInstanceOf(BridgeTimeoutException.class);
    assertLateWorkFails();
  }

  // 11 ★
  @Test
  void workOfALateChildOfAnInterruptedCallFailsSinceItsThreadHasLeft() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> async.call(this::startLateChildAndNeverEnd))
        .isInstanceOf(BridgeInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertLateWorkFails();
  }

  // 11 ★
  @Test
  void workOfALateChildOfACancelledCallFailsSinceItsThreadHasLeft() throws Exception {
    CompletableFuture<Void> outer = new CompletableFuture<>();
    CountDownLatch waiting = new CountDownLatch(1);
    Bystander<Void> caller =
        Bystander.run(
            "caller",
            () ->
                async.call(
                    () -> {
                      CompletableFuture<Void> middle =
                          blocking.run(
                              () ->
                                  async.call(
                                      () -> {
                                        waiting.countDown();
                                        return startLateChildAndNeverEnd();
                                      }));
                      outer.whenComplete((value, failure) -> middle.cancel(false));
                      return middle;
                    }));
    Patience.await(waiting);
    outer.complete(null);
    assertThat(caller.failure()).isInstanceOf(CancellationException.class);
    assertLateWorkFails();
  }

  private void assertLateWorkFails() throws Exception {
    returned.countDown();
    saysLeft(Patience.failure(late));
  }

  private void saysLeft(Throwable failure) {
    assertThat(failure).isInstanceOf(BridgeException.class).hasMessageContaining("left");
  }

  private CompletionStage<Void> startLateChild() {
    SyncToAsync.concurrent()
        .shielded()
        .run(
            () -> {
              Patience.await(returned);
              Patience.forward(blocking.call(Thread::currentThread), late);
            })
        .exceptionally(
            failure -> {
              late.completeExceptionally(failure);
              return null;
            });
    return CompletableFuture.completedFuture(null);
  }

  private CompletionStage<Void> startLateChildAndNeverEnd() {
    startLateChild();
    return new CompletableFuture<>();
  }
}
