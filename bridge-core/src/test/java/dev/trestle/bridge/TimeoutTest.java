package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.CancelPolicy;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 37: one deadline, carried by the call. */
class TimeoutTest {
  private static final Duration NEAR = Duration.ofMillis(60);
  private static final Duration FAR = Duration.ofMinutes(10);
  private final CompletableFuture<String> never = new CompletableFuture<>();

  private Throwable failureOfWaiting(AsyncToSync async) {
    return catchThrowable(() -> async.call(() -> never));
  }

  @Test
  void aBlockedCallerThatGetsNoResultInTimeSaysSoAndCancels() {
    AtomicBoolean begun = new AtomicBoolean();
    Throwable thrown =
        catchThrowable(
            () ->
                AsyncToSync.create()
                    .withTimeout(NEAR)
                    .call(
                        () -> {
                          begun.set(true);
                          return never;
                        }));
    assertThat(thrown)
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessageStartingWith("no result from ")
        .hasMessageEndingWith(" within PT0.06S; the call was cancelled");
    // On a busy machine the time may be over before the function begins, which then never does.
    assertThat(never.isCancelled()).isEqualTo(begun.get());
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aBlockingCallThatTakesTooLongFailsAndItsBodyIsDetached() {
    Gate gate = new Gate();
    CompletableFuture<Void> call = SyncToAsync.concurrent().withTimeout(NEAR).run(gate::pass);
    assertThat(Patience.failure(call))
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessageContaining("PT0.06S");
    assertThat(Calls.ended(call)).isNotDone();
    gate.open();
    Patience.result(Calls.ended(call));
  }

  @Test
  void withInterruptTheBodyThatTakesTooLongIsInterrupted() {
    Gate gate = new Gate();
    CompletableFuture<String> seen = new CompletableFuture<>();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.INTERRUPT)
            .withTimeout(NEAR)
            .run(
                () -> {
                  try {
                    gate.passInterruptibly();
                  } catch (InterruptedException e) {
                    seen.complete("interrupted");
                  }
                });
    assertThat(Patience.failure(call)).isInstanceOf(BridgeTimeoutException.class);
    assertThat(Patience.result(seen)).isEqualTo("interrupted");
  }

  @ParameterizedTest
  @EnumSource(names = {"DETACH", "INTERRUPT"})
  void aNestedWaitIsHeldToWhatRemainsOfTheCallAbove(CancelPolicy policy) {
    CompletableFuture<Throwable> inner = new CompletableFuture<>();
    CompletableFuture<Void> outer =
        SyncToAsync.concurrent()
            .withCancel(policy)
            .withTimeout(NEAR)
            .run(() -> inner.complete(failureOfWaiting(AsyncToSync.create().withTimeout(FAR))));
    assertThat(Patience.failure(outer))
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessageContaining("PT0.06S");
    // The two timers of one deadline race: the inner wait ends by its own, or is cancelled.
    Throwable thrown = Patience.result(inner);
    assertThat(thrown).isInstanceOfAny(BridgeTimeoutException.class, CancellationException.class);
    if (thrown instanceof BridgeTimeoutException) {
      assertThat(thrown).hasMessageContaining("further out").hasMessageNotContaining("PT10M");
    }
  }

  @Test
  void theNearerDeadlineWinsAndTheMessageSaysWhich() {
    CompletableFuture<Throwable> inner = new CompletableFuture<>();
    CompletableFuture<String> outer =
        SyncToAsync.concurrent()
            .withTimeout(FAR)
            .call(
                () -> {
                  inner.complete(failureOfWaiting(AsyncToSync.create().withTimeout(NEAR)));
                  return "went on";
                });
    assertThat(Patience.result(inner))
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessageContaining("PT0.06S");
    assertThat(Patience.result(outer)).isEqualTo("went on");
  }

  @Test
  void aBlockedCallerIsHeldToTheDeadlineOfTheWaitAbove() {
    CompletableFuture<Throwable> inner = new CompletableFuture<>();
    SyncToAsync here = SyncToAsync.threadSensitive();
    // The body may have ended when its thread, which ran it, sees that the time is over.
    catchThrowable(
        () ->
            AsyncToSync.create()
                .withTimeout(NEAR)
                .call(
                    () ->
                        here.run(
                            () ->
                                inner.complete(
                                    failureOfWaiting(AsyncToSync.create().withTimeout(FAR))))));
    assertThat(Patience.result(inner))
        .isInstanceOfAny(BridgeTimeoutException.class, CancellationException.class)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("PT10M"));
  }

  @Test
  void aTimeOutCancelsOnlyItsOwnWork() {
    Gate gate = new Gate();
    CompletableFuture<String> sibling =
        AsyncToSync.create()
            .call(
                () -> {
                  CompletableFuture<String> going =
                      SyncToAsync.concurrent()
                          .call(
                              () -> {
                                gate.pass();
                                return "sibling";
                              });
                  CompletableFuture<Throwable> timedOut =
                      SyncToAsync.concurrent()
                          .call(() -> failureOfWaiting(AsyncToSync.create().withTimeout(NEAR)));
                  return timedOut.thenApply(
                      thrown -> {
                        assertThat(thrown).isInstanceOf(BridgeTimeoutException.class);
                        return going;
                      });
                });
    assertThat(sibling).isNotDone();
    gate.open();
    assertThat(Patience.result(sibling)).isEqualTo("sibling");
  }

  @Test
  void somebodyElsesCancellationIsNoTimeOut() {
    never.cancel(true);
    assertThat(failureOfWaiting(AsyncToSync.create().withTimeout(FAR)))
        .isInstanceOf(CancellationException.class);
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withTimeout(FAR)
            .run(
                () -> {
                  throw new CancellationException("somebody else's");
                });
    assertThat(Patience.failure(call))
        .isInstanceOf(CancellationException.class)
        .hasMessage("somebody else's");
  }

  @Test
  void aTimeoutThatTheStageFailsWithIsNotOurs() {
    TimeoutException theirs = new TimeoutException("the client's own");
    never.completeExceptionally(theirs);
    assertThat(failureOfWaiting(AsyncToSync.create().withTimeout(FAR))).hasCause(theirs);
  }

  @Test
  void aTimerThatIsNotNeededIsRemoved() {
    List<WeakReference<?>> results = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      CompletableFuture<byte[]> call =
          SyncToAsync.concurrent().withTimeout(FAR).call(() -> new byte[100_000]);
      results.add(new WeakReference<>(Patience.result(call)));
      results.add(
          new WeakReference<>(
              AsyncToSync.create()
                  .withTimeout(FAR)
                  .call(() -> CompletableFuture.completedFuture(new byte[100_000]))));
    }
    results.forEach(Patience::collected);
  }

  @Test
  void zeroAndLessAreRefused() {
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatThrownBy(() -> SyncToAsync.concurrent().withTimeout(wrong))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> AsyncToSync.create().withTimeout(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
