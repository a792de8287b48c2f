package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.CancelPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 32: a call that is done stays as it is. */
class CancelDoneTest {
  @ParameterizedTest
  @EnumSource
  void aSuccessIsKept(CancelPolicy policy) {
    CompletableFuture<String> call = SyncToAsync.concurrent().withCancel(policy).call(() -> "done");
    Patience.end(call);
    assertThat(call.cancel(true)).isFalse();
    assertThat(call.complete("late")).isFalse();
    assertThat(call.completeExceptionally(new IllegalStateException("late"))).isFalse();
    assertThat(Patience.result(call)).isEqualTo("done");
  }

  @ParameterizedTest
  @EnumSource
  void aFailureIsKept(CancelPolicy policy) {
    IllegalStateException failure = new IllegalStateException("broken");
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(policy)
            .run(
                () -> {
                  throw failure;
                });
    Patience.end(call);
    assertThat(call.cancel(true)).isFalse();
    assertThat(Patience.failure(call)).isSameAs(failure);
  }

  @ParameterizedTest
  @EnumSource
  void hooksOfABodyThatHasEndedAreNotRun(CancelPolicy policy) {
    AtomicInteger runs = new AtomicInteger();
    CompletableFuture<Void> call =
        SyncToAsync.concurrent()
            .withCancel(policy)
            .run(() -> Calls.onCancel(runs::incrementAndGet));
    Patience.end(call);
    call.cancel(true);
    // A hook would run on a worker: let one pass.
    Patience.end(SyncToAsync.concurrent().call(() -> ""));
    assertThat(runs).hasValue(0);
  }
}
