package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is called on the way of a call may throw; the call completes, and the next is clean. */
class ThrowingListenersTest {
  private static final String KEY = "throwing";

  private final ThreadLocal<String> value = new ThreadLocal<>();
  private final ThreadSensitiveScope scope = ThreadSensitiveScope.open();
  private final SyncToAsync blocking = SyncToAsync.threadSensitive(scope);
  private volatile String throwing = "";

  @BeforeEach
  void register() {
    ContextRegistry.getInstance().registerThreadLocalAccessor(new Throwing());
    value.set("of the test");
  }

  @AfterEach
  void unregister() {
    ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
    scope.close();
  }

  // 22 ★
  @ParameterizedTest
  @ValueSource(strings = {"get", "set", "clear"})
  void futureCompletesThoughAnAccessorThrows(String where) throws Exception {
    throwing = where;
    CompletableFuture<String> call = blocking.call(value::get);
    // A dependent would be stopped by the accessor, too.
    Awaitility.await().until(call::isDone);
    throwing = "";
    assertNextCallIsClean();
  }

  // 22 ★
  @ParameterizedTest
  @ValueSource(strings = {"get", "set", "clear"})
  void blockedCallerReturnsThoughAnAccessorThrows(String where) throws Exception {
    throwing = where;
    catchThrowable(
        () ->
            AsyncToSync.create().call(() -> SyncToAsync.threadSensitive().call(() -> value.get())));
    throwing = "";
    assertNextCallIsClean();
  }

  // 22 ★
  @Test
  void handlerOfDetachedFailuresThatThrowsHarmsNoLaterCall() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<Void> call =
        blocking
            .withDetachedFailures(
                failure -> {
                  throw new IllegalStateException("handler");
                })
            .run(
                () -> {
                  running.countDown();
                  Patience.await(cancelled);
                  throw new IllegalArgumentException("body");
                });
    Patience.await(running);
    call.cancel(false);
    cancelled.countDown();
    Patience.result(Calls.ended(call));
    assertNextCallIsClean();
  }

  // 22 ★
  @Test
  void cancelHookThatThrowsHarmsNoLaterCall() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch hooked = new CountDownLatch(1);
    CompletableFuture<Void> call =
        blocking.run(
            () -> {
              Calls.onCancel(
                  () -> {
                    hooked.countDown();
                    throw new IllegalStateException("hook");
                  });
              running.countDown();
              Patience.await(hooked);
            });
    Patience.await(running);
    call.cancel(false);
    Patience.result(Calls.ended(call));
    assertNextCallIsClean();
  }

  // 22 ★
  @Test
  void futureCompletesThoughItsChosenExecutorRefuses() throws Exception {
    CompletableFuture<String> call =
        blocking
            .completingOn(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .call(() -> "result");
    CompletableFuture<String> copy = new CompletableFuture<>();
    call.whenComplete((result, failure) -> copy.complete(result));
    assertThat(Patience.result(copy)).isEqualTo("result");
    assertNextCallIsClean();
  }

  private void assertNextCallIsClean() throws Exception {
    assertThat(Patience.result(blocking.call(value::get))).isEqualTo("of the test");
    assertThat(Patience.result(blocking.call(Thread::interrupted))).isFalse();
    assertThat(value.get()).isEqualTo("of the test");
  }

  private final class Throwing implements ThreadLocalAccessor<String> {
    @Override
    public Object key() {
      return KEY;
    }

    @Override
    public String getValue() {
      throwIf("get");
      return value.get();
    }

    @Override
    public void setValue(String set) {
      throwIf("set");
      value.set(set);
    }

    @Override
    public void setValue() {
      // A thread's own missing value is put back by this.
      value.remove();
      throwIf("clear");
    }

    private void throwIf(String where) {
      if (throwing.equals(where)) {
        throw new IllegalStateException(where);
      }
    }
  }
}
