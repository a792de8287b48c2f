package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Patience;
import dev.trestle.context.Context;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A closed scope takes no more work. */
class ClosedScopeTest {
  private final AtomicReference<Thread> ranOn = new AtomicReference<>();

  // 15
  @Test
  void callOnAClosedScopeFailsWithAClearError() throws Exception {
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    Patience.result(SyncToAsync.threadSensitive(scope).run(() -> {}));
    scope.close();
    assertRefused(SyncToAsync.threadSensitive(scope).run(this::run));
  }

  // 15
  @Test
  void callOnAClosedScopeThatNeverHadAThreadFailsToo() throws Exception {
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    scope.close();
    assertRefused(SyncToAsync.threadSensitive(scope).run(this::run));
  }

  // 15
  @Test
  void bodyIsNotRunInAClosedScope() {
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    scope.close();
    assertThatThrownBy(
            () ->
                scope.run(
                    () -> {
                      run();
                      return null;
                    }))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("closed");
    assertThat(ranOn).hasNullValue();
  }

  // 15
  @Test
  void queuedWorkStillRunsWhenItsScopeIsClosed() throws Exception {
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    CountDownLatch go = new CountDownLatch(1);
    SyncToAsync blocking = SyncToAsync.threadSensitive(scope);
    CompletableFuture<Void> running = blocking.run(() -> Patience.await(go));
    CompletableFuture<Void> queued = blocking.run(this::run);
    CompletableFuture<Void> end = scope.closeAsync();
    assertRefusedOnly(blocking.run(() -> {}));
    assertThat(end).isNotDone();
    go.countDown();
    Patience.result(end);
    Patience.result(running);
    Patience.result(queued);
    assertThat(ranOn).doesNotHaveNullValue();
  }

  // 15
  @Test
  void runningBodyMayStillCallWhileItsScopeCloses() throws Exception {
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    CountDownLatch closing = new CountDownLatch(1);
    CompletableFuture<Thread> home = new CompletableFuture<>();
    CompletableFuture<Thread> body =
        SyncToAsync.threadSensitive(scope)
            .call(
                () -> {
                  home.complete(Thread.currentThread());
                  Patience.await(closing);
                  return AsyncToSync.create()
                      .call(() -> SyncToAsync.threadSensitive().call(Thread::currentThread));
                });
    Patience.result(home);
    CompletableFuture<Void> end = scope.closeAsync();
    closing.countDown();
    assertThat(Patience.result(body)).isSameAs(Patience.result(home));
    Patience.result(end);
  }

  // 24
  @Test
  void runningBodyMayEndWhatItWaitsForWhileItsScopeCloses() {
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    CompletableFuture<String> answer = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<String> body =
        SyncToAsync.threadSensitive(scope)
            .call(
                () ->
                    AsyncToSync.create()
                        .call(
                            () -> {
                              asked.countDown();
                              return answer.thenCompose(
                                  Context.capture()
                                      .wrapFunction(
                                          (String said) ->
                                              SyncToAsync.threadSensitive().call(() -> said)));
                            }));
    Patience.await(asked);
    CompletableFuture<Void> end = scope.closeAsync();
    assertThat(body).isNotDone();
    answer.complete("answered");
    assertThat(Patience.result(body)).isEqualTo("answered");
    Patience.result(end);
  }

  private void run() {
    ranOn.set(Thread.currentThread());
  }

  private void assertRefused(CompletableFuture<?> call) throws Exception {
    assertRefusedOnly(call);
    assertThat(ranOn).hasNullValue();
  }

  private static void assertRefusedOnly(CompletableFuture<?> call) throws Exception {
    assertThat(Patience.failure(call))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("closed");
  }
}
