package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.FakeThreadLocal;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 29 and 42: a call whose context cannot be captured is a failed call like any other. */
class FailedCaptureTest {
  private final FakeThreadLocal accessor = FakeThreadLocal.register("trestle.test.failing");
  private final IllegalStateException failure = new IllegalStateException("the accessor");
  private final AtomicBoolean ran = new AtomicBoolean();

  static Stream<Named<SyncToAsync>> kinds() {
    return Stream.of(
        Named.of("concurrent", SyncToAsync.concurrent()),
        Named.of("threadSensitive", SyncToAsync.threadSensitive()),
        Named.of(
            "threadSensitive(scope)", SyncToAsync.threadSensitive(ThreadSensitiveScope.open())),
        Named.of("on", SyncToAsync.on(ForkJoinPool.commonPool())));
  }

  @AfterEach
  void unregister() {
    accessor.close();
  }

  private CompletableFuture<Boolean> callWithFailingCapture(SyncToAsync blocking) {
    accessor.failGet(failure);
    try {
      return blocking.call(() -> ran.getAndSet(true));
    } finally {
      accessor.failGet(null); // else registering a dependent fails too
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void itFailsWithThatVeryException(SyncToAsync blocking) {
    CompletableFuture<Boolean> call = callWithFailingCapture(blocking);
    assertThat(Patience.failure(call)).isSameAs(failure);
    assertThat(Patience.failure(call.thenApplyAsync(x -> x))).hasCause(failure);
    assertThat(ran).isFalse();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void itsDependentsNeverReachTheCommonPool(SyncToAsync blocking) {
    CompletableFuture<Boolean> call = callWithFailingCapture(blocking);
    CompletableFuture<Thread> applied =
        call.exceptionally(thrown -> false).thenApplyAsync(x -> Thread.currentThread());
    CompletableFuture<Thread> handled = call.handleAsync((x, y) -> Thread.currentThread());
    CompletableFuture<Thread> executed = new CompletableFuture<>();
    call.defaultExecutor().execute(() -> executed.complete(Thread.currentThread()));
    for (CompletableFuture<Thread> each : List.of(applied, handled, executed)) {
      assertThat(Patience.result(each)).isNotInstanceOf(ForkJoinWorkerThread.class);
      assertThat(Patience.result(each).getName()).startsWith("trestle-worker-");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theNextCallWorks(SyncToAsync blocking) {
    var unused = callWithFailingCapture(blocking);
    assertThat(Patience.result(blocking.call(() -> "next"))).isEqualTo("next");
  }
}
