package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.CancelPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hooks that a body registers with {@link Calls#onCancel}. */
class OnCancelHookTest {
  private final Gate gate = new Gate();
  private final CompletableFuture<Thread> hookThread = new CompletableFuture<>();

  private void runHook() {
    hookThread.complete(Thread.currentThread());
    gate.open();
  }

  @ParameterizedTest
  @EnumSource(names = {"DETACH", "WAIT"})
  void cancellingRunsTheHookOnAnotherThreadWhileTheBodyRuns(CancelPolicy policy) {
    CompletableFuture<Thread> body =
        SyncToAsync.concurrent()
            .withCancel(policy)
            .call(
                () -> {
                  Calls.onCancel(this::runHook);
                  gate.pass();
                  return Thread.currentThread();
                });
    Thread bodyThread = gate.awaitReached();
    body.cancel(true);
    assertThat(Patience.result(hookThread)).isNotSameAs(bodyThread);
    Patience.result(Calls.ended(body));
  }

  @Test
  void aTimeOutRunsTheHook() {
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withTimeout(Duration.ofMillis(50))
            .run(
                () -> {
                  Calls.onCancel(this::runHook);
                  gate.pass();
                });
    assertThat(Patience.failure(call)).isInstanceOf(BridgeTimeoutException.class);
    Patience.result(hookThread);
    Patience.result(Calls.ended(call));
  }

  @Test
  void cancellingTheCallAboveRunsTheHookBelow() {
    CompletableFuture<Void> outer =
        SyncToAsync.concurrent()
            .run(
                () ->
                    AsyncToSync.create()
                        .call(
                            () ->
                                SyncToAsync.concurrent()
                                    .run(
                                        () -> {
                                          Calls.onCancel(this::runHook);
                                          gate.pass();
                                        })));
    gate.awaitReached();
    outer.cancel(true);
    Patience.result(hookThread);
    Patience.result(Calls.ended(outer));
  }

  @Test
  void aHookRunsOnceHoweverOftenTheCallIsCancelled() {
    AtomicInteger runs = new AtomicInteger();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.WAIT)
            .run(
                () -> {
                  Calls.onCancel(
                      () -> {
                        runs.incrementAndGet();
                        runHook();
                      });
                  gate.pass();
                });
    gate.awaitReached();
    call.cancel(true);
    call.cancel(true);
    call.complete(null);
    Patience.result(Calls.ended(call));
    assertThat(runs).hasValue(1);
  }

  @Test
  void aHookRegisteredAfterTheCancelRunsAtOnce() {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Gate late = new Gate();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .run(
                () -> {
                  gate.pass();
                  Calls.onCancel(late::open);
                  late.pass();
                  seen.complete("let through by the hook");
                });
    gate.awaitReached();
    call.cancel(true);
    gate.open();
    Patience.result(seen);
  }

  @Test
  void aHookTakenBackDoesNotRun() {
    List<String> runs = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .run(
                () -> {
                  Calls.onCancel(() -> runs.add("removed")).remove();
                  try (var closed = Calls.onCancel(() -> runs.add("closed"))) {}
                  Calls.onCancel(
                      () -> {
                        runs.add("kept");
                        gate.open();
                      });
                  gate.pass();
                });
    gate.awaitReached();
    call.cancel(true);
    Patience.result(Calls.ended(call));
    assertThat(runs).containsExactly("kept");
  }

  @Test
  void theEndOfTheBodyWaitsForAHookInProgress() {
    Gate hook = new Gate();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.WAIT)
            .run(
                () -> {
                  Calls.onCancel(hook::pass);
                  gate.pass();
                });
    gate.awaitReached();
    call.cancel(true);
    hook.awaitReached();
    gate.open();
    CompletableFuture<Void> ended = Calls.ended(call);
    // The body has nothing left to do; only the hook keeps its call.
    for (int i = 0; i < 100; i++) {
      Patience.end(SyncToAsync.concurrent().call(() -> ""));
      assertThat(call).isNotDone();
      assertThat(ended).isNotDone();
    }
    hook.open();
    Patience.result(call);
    Patience.result(ended);
  }

  @Test
  void aThrowingHookKeepsNoOtherFromRunning() {
    AtomicInteger runs = new AtomicInteger();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .run(
                () -> {
                  for (int i = 0; i < 3; i++) {
                    Calls.onCancel(
                        () -> {
                          if (runs.incrementAndGet() == 3) {
                            gate.open();
                          }
                          throw new IllegalStateException("a hook that throws");
                        });
                  }
                  gate.pass();
                });
    gate.awaitReached();
    call.cancel(true);
    Patience.result(Calls.ended(call));
    assertThat(runs).hasValue(3);
  }

  @Test
  void outsideOfACallThereIsNothingToRegisterWith() {
    assertThatThrownBy(() -> Calls.onCancel(() -> {})).isInstanceOf(BridgeException.class);
  }

  @Test
  void theHookIsNotNull() {
    assertThatThrownBy(() -> Calls.onCancel(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("hook");
  }
}
