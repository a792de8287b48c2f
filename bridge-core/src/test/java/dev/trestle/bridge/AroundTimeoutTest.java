package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A scope for which there is only so much time. */
class AroundTimeoutTest {
  private static final Duration NEAR = Duration.ofMillis(60);
  private static final Duration FAR = Duration.ofMinutes(10);
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  private final CompletableFuture<String> never = new CompletableFuture<>();
  private final Gate gate = new Gate();

  private static <R> CompletableFuture<R> near(Callable<? extends CompletionStage<R>> body) {
    return ThreadSensitiveScope.around(body, NEAR);
  }

  private static <R> CompletableFuture<R> far(Callable<? extends CompletionStage<R>> body) {
    return ThreadSensitiveScope.around(body, FAR);
  }

  @Test
  void whenTheTimeIsOverItFailsAndTheStageIsCancelled() {
    assertThat(Patience.failure(near(() -> never)))
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessage(
            "no result from the body of a thread-sensitive scope within PT0.06S; the calls that it"
                + " made were cancelled");
    Patience.end(never);
    assertThat(never).isCancelled();
  }

  @Test
  void whenTheTimeIsOverTheScopeClosesAndGivesItsThreadBack() {
    CompletableFuture<Thread> home = new CompletableFuture<>();
    CompletableFuture<CompletableFuture<String>> late = new CompletableFuture<>();
    AtomicReference<ThreadSensitiveScope> scope = new AtomicReference<>();
    CompletableFuture<String> scoped =
        near(
            () -> {
              scope.set(ThreadSensitiveScope.open());
              var unused =
                  BLOCKING.run(
                      () -> {
                        home.complete(Thread.currentThread());
                        gate.pass();
                      });
              late.complete(BLOCKING.call(() -> "never runs"));
              return never;
            });
    assertThat(gate.awaitReached()).isSameAs(Patience.result(home));
    assertThat(Patience.failure(scoped)).isInstanceOf(BridgeTimeoutException.class);
    Patience.end(Patience.result(late));
    assertThat(Patience.result(late)).isCancelled();
    gate.open();
    CancelAroundTest.assertGivenBack(Patience.result(home));
    assertThat(
            Patience.failure(
                SyncToAsync.threadSensitive(scope.get()).call(() -> "in a closed scope")))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void onALoopDependentsRunThereAlsoWhenTheTimeIsOver() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("l1")) {
      Thread ran =
          Loops.call(
              loop, () -> near(() -> never).handle((value, thrown) -> Thread.currentThread()));
      assertThat(ran).isSameAs(Loops.threadOf(loop));
    }
  }

  private static Throwable failureOfWaiting(CompletableFuture<String> stage) {
    return catchThrowable(() -> AsyncToSync.create().withTimeout(FAR).call(() -> stage));
  }

  @Test
  void aWaitForAsyncCodeInABodyBelowHasWhatIsLeftOfTheTime() {
    CompletableFuture<Throwable> inner = new CompletableFuture<>();
    AtomicReference<Thread> ranOn = new AtomicReference<>();
    CompletableFuture<Void> scoped =
        near(
            () ->
                BLOCKING.run(
                    () -> {
                      ranOn.set(Thread.currentThread());
                      inner.complete(failureOfWaiting(never));
                    }));
    assertThat(Patience.failure(scoped)).isInstanceOf(BridgeTimeoutException.class);
    // The two timers of one deadline race: the inner wait ends by its own, or is cancelled.
    Throwable thrown = Patience.result(inner);
    assertThat(thrown).isInstanceOfAny(BridgeTimeoutException.class, CancellationException.class);
    if (thrown instanceof BridgeTimeoutException) {
      assertThat(thrown).hasMessageContaining("PT0.06S, the time limit of a call further out");
    }
    assertThat(ranOn.get().getName()).startsWith("trestle-home-");
    Patience.end(never);
    assertThat(never).isCancelled();
  }

  @Test
  void aWaitThatABodyBeginsWhenTheTimeIsOverSaysWhoseTimeItWas() {
    CompletableFuture<Throwable> inner = new CompletableFuture<>();
    CompletableFuture<Void> scoped =
        near(
            () ->
                BLOCKING.run(
                    () -> {
                      gate.pass();
                      inner.complete(failureOfWaiting(never));
                    }));
    assertThat(gate.awaitReached().getName()).startsWith("trestle-home-");
    assertThat(Patience.failure(scoped)).isInstanceOf(BridgeTimeoutException.class);
    gate.open();
    assertThat(Patience.result(inner))
        .isInstanceOf(BridgeTimeoutException.class)
        .hasMessageContaining("PT0.06S, the time limit of a call further out");
  }

  @Test
  void aCallBelowGetsNoMoreTimeByALongerLimitOfItsOwn() {
    CompletableFuture<CompletableFuture<Void>> below = new CompletableFuture<>();
    CompletableFuture<Void> scoped =
        near(
            () -> {
              below.complete(SyncToAsync.concurrent().withTimeout(FAR).run(gate::pass));
              return Patience.result(below);
            });
    gate.awaitReached();
    assertThat(Patience.failure(scoped)).isInstanceOf(BridgeTimeoutException.class);
    Patience.end(Patience.result(below));
    assertThat(Patience.result(below)).isCancelled();
    gate.open();
  }

  @Test
  void itIsNotLongerThanTheDeadlineOfAScopeFurtherOut() {
    CompletableFuture<CompletableFuture<String>> inner = new CompletableFuture<>();
    CompletableFuture<String> outer =
        near(
            () -> {
              inner.complete(far(() -> never));
              return new CompletableFuture<>();
            });
    assertThat(Patience.failure(outer)).isInstanceOf(BridgeTimeoutException.class);
    Patience.end(Patience.result(inner));
    assertThat(Patience.result(inner)).isCancelled();
    Patience.end(never);
    assertThat(never).isCancelled();
  }

  @Test
  void itIsNotLongerThanTheDeadlineOfTheWaitAbove() {
    Bystander<Throwable> caller =
        Bystander.start(
            "caller",
            () ->
                catchThrowable(
                    () -> AsyncToSync.create().withTimeout(NEAR).call(() -> far(() -> never))));
    assertThat(caller.result()).isInstanceOf(BridgeTimeoutException.class);
    Patience.end(never);
    assertThat(never).isCancelled();
  }

  @Test
  void aShorterOneThanThatFurtherOutEndsOnlyItself() {
    CompletableFuture<String> outer =
        far(() -> near(() -> never).handle((value, thrown) -> thrown.getClass().getSimpleName()));
    assertThat(Patience.result(outer)).isEqualTo("BridgeTimeoutException");
  }

  @Test
  void itDoesNotFireWhenTheStageIsDone() {
    CompletableFuture<String> scoped = near(() -> BLOCKING.call(() -> "in time"));
    assertThat(Patience.result(scoped)).isEqualTo("in time");
    CompletableFuture<String> other = near(() -> never);
    assertThat(Patience.failure(other)).isInstanceOf(BridgeTimeoutException.class);
    assertThat(Patience.result(scoped)).isEqualTo("in time");
  }

  @Test
  void aTimerThatIsNotNeededIsRemoved() {
    List<WeakReference<?>> results = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      results.add(
          new WeakReference<>(Patience.result(far(() -> BLOCKING.call(() -> new byte[100_000])))));
    }
    results.forEach(Patience::collected);
  }

  @Test
  void aFunctionThatBlocksBeyondItsTimeHasItsStageCancelledAtOnce() {
    Bystander<CompletableFuture<String>> scoped =
        Bystander.start(
            "function",
            () ->
                near(
                    () -> {
                      gate.pass();
                      return never;
                    }));
    gate.awaitReached();
    CompletableFuture<String> other = near(() -> new CompletableFuture<String>());
    assertThat(Patience.failure(other)).isInstanceOf(BridgeTimeoutException.class);
    Patience.result(
        new CompletableFuture<String>()
            .completeOnTimeout("the first is over", 30, TimeUnit.MILLISECONDS));
    gate.open();
    assertThat(Patience.failure(scoped.result())).isInstanceOf(BridgeTimeoutException.class);
    Patience.end(never);
    assertThat(never).isCancelled();
  }

  @Test
  void aWaitForItIsNoDeadlockSinceItsTimeWillBeOver() {
    AsyncLock lock = AsyncLock.named("own");
    CompletableFuture<Throwable> waited =
        SyncToAsync.concurrent()
            .call(
                () -> {
                  try (var hold = Tasks.await(lock.acquire())) {
                    assertThat(hold).isNotNull();
                    return catchThrowable(() -> near(lock::acquire).join());
                  }
                });
    assertThat(Patience.result(waited)).hasCauseInstanceOf(BridgeTimeoutException.class);
  }

  @Test
  void aResultThatComesWhenTheTimeIsOverIsTooLate() {
    CompletableFuture<String> scoped =
        near(() -> BLOCKING.call(() -> failureOfWaiting(never).getClass().getSimpleName()));
    assertThat(Patience.failure(scoped)).isInstanceOf(BridgeTimeoutException.class);
  }

  @Test
  void zeroAndLessAreRefused() {
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatThrownBy(() -> ThreadSensitiveScope.around(() -> never, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("timeout must be more than zero, but is " + wrong);
    }
    assertThatThrownBy(() -> ThreadSensitiveScope.around(() -> never, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("timeout");
  }
}
