package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** 21: a deadline that has passed, and could not end what waits, does not hide a deadlock. */
class DeadlineBehindDeadlockTest {
  private final SyncToAsync home = SyncToAsync.threadSensitive(ThreadSensitiveScope.open());
  private final CompletableFuture<CompletableFuture<String>> made = new CompletableFuture<>();

  /** Runs on top of the body that waits for it, and waits for that body to end. */
  private String inner() {
    return Patience.result(made).join();
  }

  private CompletableFuture<String> callWithoutLimit() {
    return Context.capture().detached().wrapSupplier(() -> home.call(this::inner)).get();
  }

  private String body() {
    return AsyncToSync.create().call(() -> callWithoutLimit().thenApply(value -> value));
  }

  @Test
  void aWaitingCallBelowOneThatTimedOut() {
    CompletableFuture<Void> timedOut =
        SyncToAsync.concurrent()
            .withTimeout(Duration.ofMillis(500))
            .run(() -> made.complete(home.withCancel(CancelPolicy.WAIT).call(this::body)));
    Patience.end(timedOut);
    CompletableFuture<String> call = Patience.result(made);
    assertThat(Patience.failure(call)).isNotNull();
  }
}
