package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The stage that says that nothing runs any more for a call. */
class EndedTest {
  private final Gate gate = new Gate();

  @Test
  void itCompletesWithACallThatSucceedsOrFails() {
    Patience.result(Calls.ended(SyncToAsync.concurrent().call(() -> "done")));
    CompletableFuture<Void> failed =
        SyncToAsync.concurrent()
            .run(
                () -> {
                  throw new IllegalStateException("broken");
                });
    Patience.result(Calls.ended(failed));
  }

  @Test
  void itIsLaterThanTheFutureOfACancelledCall() {
    CompletableFuture<Void> call = SyncToAsync.concurrent().run(gate::pass);
    gate.awaitReached();
    CompletableFuture<Void> ended = Calls.ended(call);
    call.cancel(true);
    assertThat(call).isCancelled();
    assertThat(ended).isNotDone();
    gate.open();
    Patience.result(ended);
  }

  @Test
  void itCompletesForACallThatNeverRan() {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      SyncToAsync inScope = SyncToAsync.threadSensitive(scope);
      CompletableFuture<Void> running = inScope.run(gate::pass);
      gate.awaitReached();
      CompletableFuture<String> queued = inScope.call(() -> "never");
      queued.cancel(true);
      Patience.result(Calls.ended(queued));
      gate.open();
      Patience.result(running);
    }
  }

  @Test
  void itMayBeAskedOfADerivedStage() {
    CompletableFuture<Void> call = SyncToAsync.concurrent().run(gate::pass);
    gate.awaitReached();
    CompletableFuture<Void> ended = Calls.ended(call.thenApply(x -> x).thenRun(() -> {}));
    call.cancel(true);
    assertThat(ended).isNotDone();
    gate.open();
    Patience.result(ended);
  }

  @Test
  void cancellingItHasNoEffectOnTheCall() {
    CompletableFuture<Void> call = SyncToAsync.concurrent().run(gate::pass);
    gate.awaitReached();
    Calls.ended(call).cancel(true);
    assertThat(call).isNotDone();
    CompletableFuture<Void> another = Calls.ended(call);
    assertThat(another).isNotDone();
    gate.open();
    Patience.result(another);
    Patience.result(call);
  }

  @Test
  void aStageThatComesFromNoBridgeCallIsRefused() {
    assertThatThrownBy(() -> Calls.ended(new CompletableFuture<>()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
