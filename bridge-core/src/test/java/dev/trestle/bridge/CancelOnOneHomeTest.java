package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 33: a cancel passes a blocked caller whose thread is busy with work of its own call. */
class CancelOnOneHomeTest {
  private final ThreadSensitiveScope scope = ThreadSensitiveScope.open();
  private final SyncToAsync home = SyncToAsync.threadSensitive(scope);
  private final AsyncToSync async = AsyncToSync.create();
  private final CompletableFuture<String> innermost = new CompletableFuture<>();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final Gate gate = new Gate();

  @AfterEach
  void release() {
    gate.open();
    innermost.complete("released");
    Patience.result(scope.closeAsync());
  }

  private CompletableFuture<String> waitForTheInnermost() {
    waiting.countDown();
    return innermost;
  }

  @Test
  void cancelReachesTheInnermostOperationThroughOneThread() {
    CompletableFuture<String> outer =
        home.call(() -> async.call(() -> home.call(() -> async.call(this::waitForTheInnermost))));
    Patience.await(waiting);
    outer.cancel(true);
    Patience.end(innermost);
    assertThat(innermost).isCancelled();
  }

  @Test
  void theHookOfABodyOnABlockedCallerRunsWhenTheCallAboveIsCancelled() {
    CompletableFuture<Void> hook = new CompletableFuture<>();
    CompletableFuture<Void> outer =
        home.run(
            () ->
                async.call(
                    () ->
                        home.run(
                            () -> {
                              Calls.onCancel(() -> hook.complete(null));
                              gate.pass();
                            })));
    gate.awaitReached();
    outer.cancel(true);
    Patience.result(hook);
  }

  @Test
  void theHookOfABodyOnABlockedCallerRunsWhenItsDeadlineComes() {
    CompletableFuture<Void> hook = new CompletableFuture<>();
    Bystander.start(
        "caller",
        () ->
            catchThrowable(
                () ->
                    async
                        .withTimeout(Duration.ofMillis(50))
                        .call(
                            () ->
                                SyncToAsync.threadSensitive()
                                    .run(
                                        () -> {
                                          Calls.onCancel(() -> hook.complete(null));
                                          gate.pass();
                                        }))));
    gate.awaitReached();
    Patience.result(hook);
  }
}
