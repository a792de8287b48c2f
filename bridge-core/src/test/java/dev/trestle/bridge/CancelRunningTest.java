package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.CancelPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** 32: what cancelling does to a body that is running. */
class CancelRunningTest {
  private final Gate gate = new Gate();

  @Test
  void detachCompletesAtOnceAndLetsTheBodyEnd() {
    CompletableFuture<String> ended = new CompletableFuture<>();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.DETACH)
            .run(
                () -> {
                  gate.pass();
                  ended.complete(Thread.interrupted() ? "interrupted" : "undisturbed");
                });
    gate.awaitReached();
    assertThat(call.cancel(true)).isTrue();
    assertThat(call).isCancelled();
    assertThat(Calls.ended(call)).isNotDone();
    gate.open();
    assertThat(Patience.result(ended)).isEqualTo("undisturbed");
    Patience.result(Calls.ended(call));
  }

  @Test
  void detachIsTheDefault() {
    CompletableFuture<String> ended = new CompletableFuture<>();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .run(
                () -> {
                  gate.pass();
                  ended.complete(Thread.interrupted() ? "interrupted" : "undisturbed");
                });
    gate.awaitReached();
    assertThat(call.cancel(true)).isTrue();
    gate.open();
    assertThat(Patience.result(ended)).isEqualTo("undisturbed");
  }

  @Test
  void interruptCompletesAtOnceAndInterruptsExactlyOnce() {
    CompletableFuture<String> ended = new CompletableFuture<>();
    Gate second = new Gate();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.INTERRUPT)
            .run(
                () -> {
                  try {
                    gate.passInterruptibly();
                    ended.complete("not interrupted");
                  } catch (InterruptedException e) {
                    second.pass();
                    ended.complete(Thread.interrupted() ? "interrupted twice" : "once");
                  }
                });
    gate.awaitReached();
    assertThat(call.cancel(true)).isTrue();
    assertThat(call).isCancelled();
    second.awaitReached();
    call.cancel(true);
    second.open();
    assertThat(Patience.result(ended)).isEqualTo("once");
    Patience.result(Calls.ended(call));
  }

  @Test
  void completionFromOutsideInterruptsAsCancelDoes() {
    CompletableFuture<String> ended = new CompletableFuture<>();
    CompletableFuture<String> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.INTERRUPT)
            .call(
                () -> {
                  try {
                    gate.passInterruptibly();
                  } catch (InterruptedException e) {
                    ended.complete("interrupted");
                  }
                  return "body";
                });
    gate.awaitReached();
    assertThat(call.complete("outside")).isTrue();
    assertThat(Patience.result(call)).isEqualTo("outside");
    assertThat(Patience.result(ended)).isEqualTo("interrupted");
  }

  @Test
  void waitRefusesAndCompletesWithWhatTheBodyYields() {
    CompletableFuture<String> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.WAIT)
            .call(
                () -> {
                  gate.pass();
                  return Thread.interrupted() ? "interrupted" : "yielded";
                });
    gate.awaitReached();
    assertThat(call.cancel(true)).isFalse();
    assertThat(call).isNotDone();
    assertThat(call.isCancelled()).isFalse();
    gate.open();
    assertThat(Patience.result(call)).isEqualTo("yielded");
    assertThat(call.isCancelled()).isFalse();
  }

  @Test
  void waitCompletesWithWhatTheBodyThrows() {
    IllegalStateException failure = new IllegalStateException("broken");
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(CancelPolicy.WAIT)
            .run(
                () -> {
                  gate.pass();
                  throw failure;
                });
    gate.awaitReached();
    assertThat(call.cancel(true)).isFalse();
    gate.open();
    assertThat(Patience.failure(call)).isSameAs(failure);
  }

  @Test
  void onTheCallersOwnThreadInterruptActsAsDetach() {
    AtomicReference<CompletableFuture<Void>> call = new AtomicReference<>();
    CompletableFuture<String> ended = new CompletableFuture<>();
    SyncToAsync interrupting = SyncToAsync.threadSensitive().withCancel(CancelPolicy.INTERRUPT);
    Bystander<Boolean> caller =
        Bystander.start(
            "caller",
            () -> {
              AsyncToSync.create()
                  .call(
                      () -> {
                        call.set(
                            interrupting.run(
                                () -> {
                                  gate.pass();
                                  ended.complete(
                                      Thread.interrupted() ? "interrupted" : "undisturbed");
                                }));
                        return call.get().exceptionally(e -> null);
                      });
              return Thread.interrupted();
            });
    assertThat(gate.awaitReached()).isSameAs(caller.thread());
    assertThat(call.get().cancel(true)).isTrue();
    assertThat(call.get()).isCancelled();
    gate.open();
    assertThat(Patience.result(ended)).isEqualTo("undisturbed");
    assertThat(caller.result()).isFalse();
  }
}
