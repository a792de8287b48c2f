package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.FakeThreadLocal;
import dev.trestle.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 29: an accessor that throws fails the future, not the caller, and leaves no value behind. */
class ThrowingAccessorInCallsTest {
  private final FakeThreadLocal first = FakeThreadLocal.register("trestle.test.first");
  private final FakeThreadLocal bad = FakeThreadLocal.register("trestle.test.bad");
  private final FakeThreadLocal last = FakeThreadLocal.register("trestle.test.last");
  private final IllegalStateException failure = new IllegalStateException("the accessor");
  private final ExecutorService single = Executors.newSingleThreadExecutor();
  private final AtomicBoolean ran = new AtomicBoolean();
  private Thread worker;

  @BeforeEach
  void setValues() throws Exception {
    worker =
        single
            .submit(
                () -> {
                  putAll("own");
                  return Thread.currentThread();
                })
            .get();
    putAll("request");
  }

  @AfterEach
  void unregister() {
    first.close();
    bad.close();
    last.close();
    single.shutdown();
  }

  private void putAll(String value) {
    first.put(value);
    bad.put(value);
    last.put(value);
  }

  private Throwable failureOfACall() {
    CompletableFuture<Void> call = SyncToAsync.on(single).run(() -> ran.set(true));
    // Heal the accessor before the dependents that look at the outcome are made.
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    single.execute(() -> outcome.complete(null));
    Patience.end(outcome);
    bad.failGet(null);
    bad.failSet(null);
    bad.failRestore(null);
    return Patience.failure(call);
  }

  private void assertNothingWasLeftBehind() {
    for (FakeThreadLocal each : new FakeThreadLocal[] {first, bad, last}) {
      assertThat(each.on(worker)).isEqualTo("own");
      assertThat(each.get()).isEqualTo("request");
    }
    assertThat(Patience.result(SyncToAsync.on(single).call(last::get))).isEqualTo("request");
  }

  @Test
  void aThrowingGetFailsTheFutureNotTheCaller() {
    bad.failGet(failure);
    assertThat(failureOfACall()).isSameAs(failure);
    assertThat(ran).isFalse();
    assertNothingWasLeftBehind();
  }

  @Test
  void aThrowingSetFailsTheFutureAndTheBodyDoesNotRun() {
    bad.failSet(failure);
    assertThat(failureOfACall()).isSameAs(failure);
    assertThat(ran).isFalse();
    assertNothingWasLeftBehind();
  }

  @Test
  void aThrowingRestoreFailsTheFutureAfterTheBody() {
    bad.failRestore(failure);
    assertThat(failureOfACall()).isSameAs(failure);
    assertThat(ran).isTrue();
    assertNothingWasLeftBehind();
  }

  @Test
  void aBlockedCallerGetsTheFailureAndItsThreadIsClean() {
    try (EventLoopThread loop = EventLoopThread.start("loop")) {
      bad.failGet(failure);
      Throwable thrown =
          catchThrowable(
              () -> AsyncToSync.on(loop).call(() -> CompletableFuture.completedFuture("")));
      bad.failGet(null);
      assertThat(thrown).isSameAs(failure);
      assertNothingWasLeftBehind();
      assertThat(AsyncToSync.on(loop).call(() -> CompletableFuture.completedFuture(last.get())))
          .isEqualTo("request");
    }
  }
}
