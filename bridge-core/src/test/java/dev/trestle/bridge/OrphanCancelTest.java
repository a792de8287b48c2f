package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 33: a call whose maker has returned is cancelled with the call further out. */
class OrphanCancelTest {
  private static final SyncToAsync CONCURRENT = SyncToAsync.concurrent();

  private final CompletableFuture<Void> never = new CompletableFuture<>();
  private final CompletableFuture<CompletableFuture<String>> orphan = new CompletableFuture<>();
  private final Gate gate = new Gate();
  private final CountDownLatch hookRan = new CountDownLatch(1);
  private final ExecutorService single = Executors.newSingleThreadExecutor();
  private final AtomicBoolean ran = new AtomicBoolean();

  @AfterEach
  void letGo() {
    gate.open();
    single.shutdown();
  }

  /** Calls a body that calls the orphan and returns without waiting for it. */
  private CompletableFuture<Void> middle(SyncToAsync blocking, SyncToAsync inner) {
    return blocking
        .completingOn(Runnable::run) // its end is told even while the caller's loop is busy
        .run(() -> orphan.complete(inner.call(this::watchedBody)));
  }

  private String watchedBody() {
    ran.set(true);
    Calls.onCancel(hookRan::countDown);
    gate.pass();
    return "went on";
  }

  /** Waits until the middle call has ended and the orphan runs. */
  private void awaitOrphaned(CompletableFuture<Void> middle) {
    Patience.result(Calls.ended(middle));
    gate.awaitReached();
  }

  private void assertOrphanIsCancelled() {
    Patience.await(hookRan);
    Patience.end(Patience.result(orphan));
    assertThat(Patience.result(orphan)).isCancelled();
  }

  private void assertOrphanGoesOn() {
    gate.open();
    assertThat(Patience.result(Patience.result(orphan))).isEqualTo("went on");
    assertThat(hookRan.getCount()).isOne();
  }

  private CompletableFuture<Void> around(SyncToAsync middleCalls, SyncToAsync innerCalls) {
    CompletableFuture<CompletableFuture<Void>> middle = new CompletableFuture<>();
    CompletableFuture<Void> outer =
        ThreadSensitiveScope.around(
            () -> {
              middle.complete(middle(middleCalls, innerCalls));
              return never;
            });
    awaitOrphaned(Patience.result(middle));
    return outer;
  }

  @Test
  void aRunningOneIsCancelledWithTheScopeAround() {
    CompletableFuture<Void> outer = around(CONCURRENT, CONCURRENT);
    assertThat(Patience.result(orphan)).isNotDone();
    outer.cancel(true);
    assertOrphanIsCancelled();
  }

  @Test
  void aShieldedOneIsNotCancelledWithTheScopeAround() {
    around(CONCURRENT, CONCURRENT.shielded()).cancel(true);
    assertThat(never).isCancelled();
    assertOrphanGoesOn();
  }

  @Test
  void oneThatWasMadeInAShieldIsNotCancelledEither() {
    around(CONCURRENT.shielded(), CONCURRENT).cancel(true);
    assertThat(never).isCancelled();
    assertOrphanGoesOn();
  }

  @Test
  void aQueuedOneNeverRuns() throws Exception {
    Gate busy = new Gate();
    single.execute(busy::pass);
    busy.awaitReached();
    CompletableFuture<CompletableFuture<Void>> middle = new CompletableFuture<>();
    CompletableFuture<Void> outer =
        ThreadSensitiveScope.around(
            () -> {
              middle.complete(middle(CONCURRENT, SyncToAsync.on(single)));
              return never;
            });
    Patience.result(Calls.ended(Patience.result(middle)));
    outer.cancel(true);
    Patience.end(Patience.result(orphan));
    assertThat(Patience.result(orphan)).isCancelled();
    busy.open();
    single.submit(() -> {}).get();
    assertThat(ran).isFalse();
  }

  @Test
  void itIsCancelledThroughSeveralThatHaveReturned() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    CompletableFuture<Void> outer =
        ThreadSensitiveScope.around(
            () -> {
              var unused =
                  CONCURRENT.run(
                      () -> {
                        var unusedToo =
                            CONCURRENT.run(
                                () -> {
                                  var unusedThree =
                                      Calls.ended(middle(CONCURRENT, CONCURRENT))
                                          .thenRun(() -> ended.complete(null));
                                });
                      });
              return never;
            });
    Patience.result(ended);
    gate.awaitReached();
    outer.cancel(true);
    assertOrphanIsCancelled();
  }

  private Throwable timedOut(SyncToAsync innerCalls) {
    AsyncToSync hasty = AsyncToSync.create().withTimeout(Duration.ofMillis(100));
    return Bystander.start(
            "caller",
            () ->
                hasty.call(
                    () -> {
                      awaitOrphaned(middle(CONCURRENT, innerCalls));
                      return never;
                    }))
        .failure();
  }

  @Test
  void aRunningOneIsCancelledWhenTheDeadlineFurtherOutComes() {
    assertThat(timedOut(CONCURRENT)).isInstanceOf(BridgeTimeoutException.class);
    assertOrphanIsCancelled();
  }

  @Test
  void aShieldedOneIsNotCancelledWhenTheDeadlineFurtherOutComes() {
    assertThat(timedOut(CONCURRENT.shielded())).isInstanceOf(BridgeTimeoutException.class);
    assertThat(never).isCancelled();
    assertOrphanGoesOn();
  }
}
