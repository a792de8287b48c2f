package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.FakeThreadLocal;
import dev.trestle.Gate;
import dev.trestle.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** 29: an accessor that throws while a dependent begins or ends fails that dependent. */
class ThrowingAccessorInDependentTest {
  private final Gate gate = new Gate();
  private final IllegalStateException failure = new IllegalStateException("the accessor");

  @Test
  void onEntryTheDependentFailsAndItsFunctionDoesNotRun() {
    try (FakeThreadLocal bad = FakeThreadLocal.register("trestle.test.bad")) {
      bad.put("request");
      CompletableFuture<Void> call = SyncToAsync.concurrent().run(gate::pass);
      gate.awaitReached();
      AtomicBoolean ran = new AtomicBoolean();
      CompletableFuture<Void> dependent = call.thenRun(() -> ran.set(true));
      bad.failSet(failure);
      bad.put(null);
      gate.open();
      // This thread has no part in it: the outcome is read off the future, without a callback.
      await().until(dependent::isDone);
      bad.failSet(null);
      bad.failRestore(null);
      assertThat(Patience.failure(dependent)).satisfies(this::isTheFailure);
      assertThat(ran).isFalse();
    }
  }

  private void isTheFailure(Throwable thrown) {
    assertThat(thrown instanceof CompletionException ? thrown.getCause() : thrown)
        .isSameAs(failure);
  }
}
