package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a bridge call ended, in a flight recording: once, whatever happened to it. */
class HopOutcomeTest {
  private static final Duration NEAR = Duration.ofMillis(60);
  private static final SyncToAsync CONCURRENT = SyncToAsync.concurrent();

  private final HopRecording recording = HopRecording.start();
  private final EventLoopThread loop = EventLoopThread.start("l1");
  private final CompletableFuture<String> never = new CompletableFuture<>();
  private final Gate gate = new Gate();

  @AfterEach
  void stop() {
    gate.open();
    loop.close();
    recording.close();
  }

  private static void assertRan(
      RecordedEvent hop, String direction, Thread on, String home, String outcome) {
    assertThat(hop.getString("direction")).isEqualTo(direction);
    assertThat(hop.getString("outcome")).isEqualTo(outcome);
    assertThat(hop.getString("home")).isEqualTo(home);
    assertThat(hop.getLong("ran")).isPositive();
    assertThat(hop.getThread().getJavaThreadId()).isEqualTo(on.getId());
  }

  private static void assertNeverBegan(RecordedEvent hop, String direction, String outcome) {
    assertThat(hop.getString("direction")).isEqualTo(direction);
    assertThat(hop.getString("outcome")).isEqualTo(outcome);
    assertThat(hop.getString("home")).isNull();
    assertThat(hop.getLong("ran")).isZero();
    assertThat(hop.getLong("queued")).isPositive();
  }

  // ---- to blocking

  @Test
  void aBodyThatThrowsHasFailed() {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    CompletableFuture<Void> call =
        CONCURRENT.run(
            () -> {
              ran.complete(Thread.currentThread());
              throw new IllegalStateException();
            });
    Patience.failure(call);
    assertRan(recording.hop(), "to blocking", Patience.result(ran), "the workers", "failed");
  }

  @ParameterizedTest
  @EnumSource(names = {"DETACH", "INTERRUPT"})
  void aCancelledBodyIsRecordedWhenItHasReallyEnded(CancelPolicy policy) {
    CompletableFuture<Void> call =
        CONCURRENT
            .withCancel(policy)
            .run(
                () -> {
                  try {
                    gate.passInterruptibly();
                  } finally {
                    never.completeExceptionally(new IllegalStateException("the body has ended"));
                  }
                });
    Thread ran = gate.awaitReached();
    assertThat(recording.hops()).isEmpty();
    call.cancel(true);
    if (policy == CancelPolicy.DETACH) {
      assertThat(recording.hops()).isEmpty();
      gate.open();
    }
    Patience.end(never);
    assertRan(recording.hop(), "to blocking", ran, "the workers", "cancelled");
  }

  @Test
  void aBodyThatIsLeftToEndByItsPolicyHasSucceeded() {
    CompletableFuture<Void> call = CONCURRENT.withCancel(CancelPolicy.WAIT).run(gate::pass);
    Thread ran = gate.awaitReached();
    assertThat(call.cancel(true)).isFalse();
    gate.open();
    Patience.result(call);
    assertRan(recording.hop(), "to blocking", ran, "the workers", "succeeded");
  }

  @ParameterizedTest
  @EnumSource
  void aCallThatIsCancelledInItsQueueIsRecordedByWhoCancelsIt(CancelPolicy policy) {
    CompletableFuture<Void> call = SyncToAsync.on(task -> {}).withCancel(policy).run(gate::pass);
    assertThat(recording.hops()).isEmpty();
    Bystander<Boolean> canceller = Bystander.start("canceller", () -> call.cancel(true));
    assertThat(canceller.result()).isTrue();
    RecordedEvent hop = recording.hop();
    assertNeverBegan(hop, "to blocking", "cancelled");
    assertThat(hop.getThread().getJavaThreadId()).isEqualTo(canceller.thread().getId());
    assertThat(gate.isReached()).isFalse();
  }

  @Test
  void aCallThatIsCancelledInTheLineOfALimiterIsCancelled() {
    SyncToAsync limited = CONCURRENT.limitedBy(Limiter.of("one", 1, 1));
    CompletableFuture<Void> first = limited.run(gate::pass);
    CompletableFuture<String> waiting = limited.call(() -> "never");
    waiting.cancel(true);
    assertNeverBegan(recording.hop(), "to blocking", "cancelled");
    gate.open();
    Patience.result(first);
    assertThat(recording.hops(2)).hasSize(2);
  }

  @Test
  void aCallThatAFullLimiterRefusesHasFailed() {
    SyncToAsync limited = CONCURRENT.limitedBy(Limiter.of("one", 1, 1));
    CompletableFuture<Void> first = limited.run(gate::pass);
    CompletableFuture<String> waiting = limited.call(() -> "waits");
    assertThat(Patience.failure(limited.call(() -> "refused"))).isInstanceOf(BridgeException.class);
    assertNeverBegan(recording.hop(), "to blocking", "failed");
    gate.open();
    Patience.result(first);
    Patience.result(waiting);
    assertThat(recording.hops(3)).hasSize(3);
  }

  @Test
  void aCallThatAClosedScopeRefusesHasFailed() {
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    scope.close();
    assertThat(Patience.failure(SyncToAsync.threadSensitive(scope).call(() -> "refused")))
        .isInstanceOf(BridgeException.class);
    assertNeverBegan(recording.hop(), "to blocking", "failed");
  }

  @Test
  void aCallThatItsExecutorRejectsHasFailed() {
    SyncToAsync rejected =
        SyncToAsync.on(
            task -> {
              throw new RejectedExecutionException();
            });
    assertThat(Patience.failure(rejected.call(() -> "rejected")))
        .isInstanceOf(BridgeException.class);
    assertNeverBegan(recording.hop(), "to blocking", "failed");
  }

  @Test
  void aBodyThatTakesTooLongIsCancelledAndRecordedWhenItHasEnded() {
    CompletableFuture<Void> call = CONCURRENT.withTimeout(NEAR).run(gate::pass);
    Thread ran = gate.awaitReached();
    assertThat(Patience.failure(call)).isInstanceOf(BridgeTimeoutException.class);
    assertThat(recording.hops()).isEmpty();
    gate.open();
    RecordedEvent hop = recording.hop();
    assertRan(hop, "to blocking", ran, "the workers", "cancelled");
    assertThat(hop.getDuration()).isGreaterThanOrEqualTo(NEAR);
  }

  @Test
  void aCallThatIsOutOfTimeInItsQueueIsCancelled() {
    CompletableFuture<String> call = SyncToAsync.on(task -> {}).withTimeout(NEAR).call(() -> "");
    assertThat(Patience.failure(call)).isInstanceOf(BridgeTimeoutException.class);
    RecordedEvent hop = recording.hop();
    assertNeverBegan(hop, "to blocking", "cancelled");
    assertThat(hop.getDuration("queued")).isGreaterThanOrEqualTo(NEAR);
  }

  // ---- to async

  private void assertWait(Callable<?> call, String outcome) {
    assertWait(call, outcome, caller -> "thread 'c'");
  }

  private void assertWait(Callable<?> call, String outcome, Function<Thread, String> home) {
    Bystander<Throwable> caller = Bystander.start("c", () -> catchThrowable(call::call));
    assertThat(caller.result()).isNotNull();
    assertRan(recording.hop(), "to async", caller.thread(), home.apply(caller.thread()), outcome);
  }

  @Test
  void anAsyncFunctionThatThrowsHasFailed() {
    assertWait(
        () ->
            AsyncToSync.create()
                .call(
                    () -> {
                      throw new IllegalStateException();
                    }),
        "failed");
  }

  @Test
  void aStageThatFailsHasFailed() {
    never.completeExceptionally(new IllegalStateException());
    assertWait(() -> AsyncToSync.on(loop).call(() -> never), "failed", caller -> "event loop 'l1'");
  }

  @Test
  void aStageThatSomebodyCancelledIsCancelled() {
    never.cancel(true);
    assertWait(() -> AsyncToSync.create().call(() -> never), "cancelled");
  }

  @Test
  void aWaitThatTakesTooLongIsCancelled() {
    assertWait(() -> AsyncToSync.create().withTimeout(NEAR).call(() -> never), "cancelled");
  }

  @Test
  void anInterruptedWaitIsCancelled() {
    assertWait(
        () -> {
          Thread.currentThread().interrupt();
          return AsyncToSync.create().call(() -> never);
        },
        "cancelled");
  }

  @Test
  void aWaitThatIsCancelledWithItsParentIsCancelled() {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    CompletableFuture<String> call =
        CONCURRENT.call(
            () ->
                AsyncToSync.create()
                    .call(
                        () -> {
                          ran.complete(Thread.currentThread());
                          return never;
                        }));
    Thread worker = Patience.result(ran);
    call.cancel(true);
    RecordedEvent wait = recording.hops(2).get(1);
    assertRan(wait, "to async", worker, "thread '" + worker.getName() + "'", "cancelled");
    assertRan(recording.hops(2).get(0), "to blocking", worker, "the workers", "cancelled");
  }

  @Test
  void aWaitThatWouldLastForEverHasFailed() {
    AsyncLock lock = AsyncLock.named("own");
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    CompletableFuture<Throwable> call =
        CONCURRENT.call(
            () -> {
              ran.complete(Thread.currentThread());
              try (var hold = Tasks.await(lock.acquire())) {
                assertThat(hold).isNotNull();
                return catchThrowable(() -> Tasks.await(lock.acquire()));
              }
            });
    assertThat(Patience.result(call)).isInstanceOf(BridgeDeadlockException.class);
    Thread thread = Patience.result(ran);
    RecordedEvent second = recording.hops(3).get(2);
    assertRan(second, "to async", thread, "thread '" + thread.getName() + "'", "failed");
  }

  @Test
  void aCallOfALoopThatIsClosedHasFailed() {
    loop.close();
    assertThat(catchThrowable(() -> AsyncToSync.on(loop).call(() -> never)))
        .isInstanceOf(BridgeException.class);
    assertNeverBegan(recording.hop(), "to async", "failed");
  }

  @Test
  void aFunctionThatItsBusyLoopDoesNotBeginInTimeIsCancelled() {
    loop.execute(gate::pass);
    gate.awaitReached();
    assertThat(catchThrowable(() -> AsyncToSync.on(loop).withTimeout(NEAR).call(() -> never)))
        .isInstanceOf(BridgeTimeoutException.class);
    assertNeverBegan(recording.hop(), "to async", "cancelled");
    gate.open();
  }

  @Test
  void aCallThatALoopsThreadRefusesIsNone() throws Exception {
    Throwable refused =
        Loops.compute(loop, () -> catchThrowable(() -> AsyncToSync.create().call(() -> never)));
    assertThat(refused).isInstanceOf(BridgeDeadlockException.class);
    assertThat(recording.hops()).isEmpty();
  }

  // ---- tasks

  @Test
  void aTaskThatThrowsHasFailed() {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    Patience.failure(
        loop.start(
            () -> {
              ran.complete(Thread.currentThread());
              throw new IllegalStateException();
            }));
    assertRan(recording.hop(), "task", Patience.result(ran), "event loop 'l1'", "failed");
  }

  private CompletableFuture<String> awaiting(CompletableFuture<Thread> ran, Duration timeout) {
    return loop.start(
        () -> {
          ran.complete(Thread.currentThread());
          return Tasks.await(never);
        },
        timeout);
  }

  @Test
  void aTaskThatIsCancelledWhileItWaitsIsCancelled() {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    CompletableFuture<String> task = awaiting(ran, Duration.ofMinutes(1));
    Thread thread = Patience.result(ran);
    task.cancel(true);
    assertRan(recording.hop(), "task", thread, "event loop 'l1'", "cancelled");
  }

  @Test
  void aTaskThatTakesTooLongIsCancelled() {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    assertThat(Patience.failure(awaiting(ran, NEAR))).isInstanceOf(BridgeTimeoutException.class);
    assertRan(recording.hop(), "task", Patience.result(ran), "event loop 'l1'", "cancelled");
  }

  @Test
  void aTaskThatIsCancelledBeforeItsFirstTurnNeverBegan() {
    loop.execute(gate::pass);
    gate.awaitReached();
    CompletableFuture<Object> task = loop.start(() -> "never");
    task.cancel(true);
    assertNeverBegan(recording.hop(), "task", "cancelled");
    gate.open();
  }

  @Test
  void aTaskOfAClosedLoopHasFailed() {
    loop.close();
    CompletableFuture<Object> task = loop.start(() -> "never");
    assertThat(Patience.failure(task)).isInstanceOf(BridgeException.class);
    assertNeverBegan(recording.hop(), "task", "failed");
  }
}
