package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** 18: work that was started before the block gets the blocked thread when it is waited for. */
class LateJoinTest {
  private final ThreadSensitiveScope scope = ThreadSensitiveScope.open();
  private final SyncToAsync home = SyncToAsync.threadSensitive(scope);

  private Thread home() {
    return Patience.result(home.call(Thread::currentThread));
  }

  // 18 ★
  @Test
  void aCallMadeBeforeTheWaitRunsOnTheThreadThatWaitsForIt() {
    CompletableFuture<Thread> waited =
        home.call(
            () -> {
              CompletableFuture<Thread> before = home.call(Thread::currentThread);
              return AsyncToSync.create().call(() -> before);
            });
    assertThat(Patience.result(waited)).isSameAs(home());
  }

  // 18 ★
  @Test
  void soDoesOneThatIsWaitedForThroughDependents() {
    CompletableFuture<Thread> waited =
        home.call(
            () -> {
              CompletableFuture<Thread> before = home.call(Thread::currentThread);
              CompletableFuture<Thread> derived =
                  before.thenApply(t -> t).thenCombine(home.call(() -> 1), (t, one) -> t);
              return AsyncToSync.create().call(() -> derived.thenCompose(t -> home.call(() -> t)));
            });
    assertThat(Patience.result(waited)).isSameAs(home());
  }

  // 18 ★
  @Test
  void soDoesOneThatGetsItsDependentInsideTheWait() {
    CompletableFuture<Thread> waited =
        home.call(
            () -> {
              CompletableFuture<Thread> before = home.call(Thread::currentThread);
              return AsyncToSync.create()
                  .call(
                      () -> {
                        CompletableFuture<Thread> foreign = new CompletableFuture<>();
                        Patience.forward(before, foreign);
                        return foreign;
                      });
            });
    assertThat(Patience.result(waited)).isSameAs(home());
  }

  // 18 ★
  @Test
  void soDoesOneThatIsFoundOnlyWhileTheThreadIsBlocked() {
    CompletableFuture<Thread> waited =
        home.call(
            () -> {
              CompletableFuture<Thread> before = home.call(Thread::currentThread);
              return AsyncToSync.create()
                  .call(() -> SyncToAsync.concurrent().call(() -> 1).thenCompose(one -> before));
            });
    assertThat(Patience.result(waited)).isSameAs(home());
  }

  // 14
  @Test
  void oneThatNobodyWaitsForStillWaits() {
    StringBuffer order = new StringBuffer();
    CompletableFuture<Void> body =
        home.run(
            () -> {
              var unused = home.run(() -> order.append("unrelated "));
              AsyncToSync.create().call(() -> home.run(() -> order.append("related ")));
              order.append("body ");
            });
    Patience.result(body);
    Patience.result(home.run(() -> {}));
    assertThat(order).hasToString("related body unrelated ");
  }
}
