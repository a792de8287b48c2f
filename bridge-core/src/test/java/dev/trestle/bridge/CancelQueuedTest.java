package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 32: a call given up in the queue never runs, and its place goes on to the next. */
class CancelQueuedTest {
  private final ThreadSensitiveScope scope = ThreadSensitiveScope.open();
  private final SyncToAsync inScope = SyncToAsync.threadSensitive(scope);
  private final Gate busy = new Gate();
  private final AtomicBoolean ran = new AtomicBoolean();

  private CompletableFuture<Void> passing;

  @BeforeEach
  void keepTheThreadBusy() {
    passing = inScope.run(busy::pass);
    busy.awaitReached();
  }

  @AfterEach
  void close() {
    busy.open();
    Patience.result(passing);
    scope.close();
  }

  private void assertOnlyTheNextOneRuns() {
    CompletableFuture<String> next = inScope.call(() -> "next");
    busy.open();
    assertThat(Patience.result(next)).isEqualTo("next");
    assertThat(ran).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledCallNeverRunsWhateverThePolicy(CancelPolicy policy) {
    CompletableFuture<Void> queued = inScope.withCancel(policy).run(() -> ran.set(true));
    assertThat(queued.cancel(true)).isTrue();
    assertThat(queued).isCancelled();
    assertThat(Patience.failure(queued)).isInstanceOf(CancellationException.class);
    assertOnlyTheNextOneRuns();
  }

  @ParameterizedTest
  @EnumSource
  void aCallThatTimesOutNeverRunsWhateverThePolicy(CancelPolicy policy) {
    CompletableFuture<Void> queued =
        inScope.withCancel(policy).withTimeout(Duration.ofMillis(20)).run(() -> ran.set(true));
    assertThat(Patience.failure(queued)).isInstanceOf(BridgeTimeoutException.class);
    assertOnlyTheNextOneRuns();
  }

  @ParameterizedTest
  @EnumSource
  void aCallCompletedFromOutsideNeverRunsWhateverThePolicy(CancelPolicy policy) {
    SyncToAsync blocking = inScope.withCancel(policy);
    CompletableFuture<String> queued =
        blocking.call(
            () -> {
              ran.set(true);
              return "body";
            });
    assertThat(queued.complete("outside")).isTrue();
    assertThat(Patience.result(queued)).isEqualTo("outside");
    assertOnlyTheNextOneRuns();
  }

  @Test
  void cancellingTwiceIsCancellingOnce() {
    CompletableFuture<Void> queued = inScope.run(() -> ran.set(true));
    assertThat(queued.cancel(false)).isTrue();
    assertThat(queued.cancel(true)).isTrue(); // as in the JDK
    assertThat(queued).isCancelled();
    assertOnlyTheNextOneRuns();
  }

  @ParameterizedTest
  @EnumSource
  void onABlockedCallerTheNextOneTakesThePlace(CancelPolicy policy) {
    SyncToAsync blocking = SyncToAsync.threadSensitive().withCancel(policy);
    Thread here = Thread.currentThread();
    Thread home =
        AsyncToSync.create()
            .call(
                () -> {
                  CompletableFuture<Void> queued = blocking.run(() -> ran.set(true));
                  CompletableFuture<Thread> next = blocking.call(Thread::currentThread);
                  assertThat(queued.cancel(true)).isTrue();
                  return next;
                });
    assertThat(home).isSameAs(here);
    assertThat(ran).isFalse();
  }

  @Test
  void cancellingADependentDoesNotCancelTheCall() {
    CompletableFuture<Void> queued = inScope.run(() -> ran.set(true));
    assertThat(queued.thenApply(x -> x).cancel(true)).isTrue();
    busy.open();
    Patience.result(queued);
    assertThat(ran).isTrue();
  }
}
