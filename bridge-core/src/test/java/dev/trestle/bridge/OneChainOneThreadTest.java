package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The thread-sensitive work of a chain stays on one thread, whatever blocks in between. */
class OneChainOneThreadTest {
  private final AsyncToSync async = AsyncToSync.create();
  private final SyncToAsync blocking = SyncToAsync.threadSensitive();
  private final Thread caller = Thread.currentThread();

  // 10 ★
  @Test
  void workBelowABlockedWorkerRunsOnTheScopesThread() throws Exception {
    assertScopesThreadBelow(SyncToAsync.concurrent());
  }

  // 10 ★
  @Test
  void workBelowABlockedExecutorThreadRunsOnTheScopesThread() throws Exception {
    try (ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.platform("mine")) {
      assertScopesThreadBelow(SyncToAsync.on(executor));
    }
  }

  // 10 ★
  @Test
  void workBelowABlockedWorkerRunsOnTheOutermostCaller() {
    assertCallersThreadBelow(SyncToAsync.concurrent());
  }

  // 10 ★
  @Test
  void workBelowABlockedExecutorThreadRunsOnTheOutermostCaller() {
    try (ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.platform("mine")) {
      assertCallersThreadBelow(SyncToAsync.on(executor));
    }
  }

  // 10 ★
  @Test
  void workBelowManyBlockedWorkersRunsOnTheOutermostCaller() {
    Thread seen = async.call(() -> belowWorkers(4));
    assertThat(seen).isSameAs(caller);
  }

  // 10 ★
  @Test
  void callerInAScopeGetsItsWorkOnTheScopesThreadBeforeInsideAndAfterACall() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      Thread home = threadOf(scope);
      List<Thread> seen =
          scope.run(
              () ->
                  List.of(
                      Patience.result(threadOfBlockingCode()),
                      async.call(this::threadOfBlockingCode),
                      Patience.result(threadOfBlockingCode())));
      assertThat(seen).containsOnly(home);
      assertThat(home).isNotSameAs(caller);
    }
  }

  // 10 ★
  @Test
  void scopeOpenedBelowABlockedCallerIsAHomeOfItsOwn() {
    List<Thread> seen =
        async.call(
            () ->
                ThreadSensitiveScope.around(this::threadOfBlockingCode)
                    .thenCompose(
                        ofScope ->
                            threadOfBlockingCode().thenApply(ofCall -> List.of(ofScope, ofCall))));
    assertThat(seen.get(0)).isNotSameAs(caller);
    assertThat(seen.get(1)).as("outside of the scope").isSameAs(caller);
  }

  // 10 ★
  @Test
  void requestsOfAServerThatMainRunsHaveHomesOfTheirOwn() {
    ThreadSensitiveScope first = async.call(() -> stage(ThreadSensitiveScope.open()));
    ThreadSensitiveScope second = async.call(() -> stage(ThreadSensitiveScope.open()));
    try (first;
        second) {
      Thread ofFirst = async.call(() -> threadOfBlockingCodeIn(first));
      Thread ofSecond = async.call(() -> threadOfBlockingCodeIn(second));
      assertThat(ofFirst).isNotSameAs(ofSecond).isNotSameAs(caller);
      assertThat(ofSecond).isNotSameAs(caller);
    }
  }

  // 10 ★
  @Test
  void scopeOpenedBelowAnotherBlockedFrameOfAScopeIsThatScope() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      Thread home = threadOf(scope);
      Callable<Thread> around =
          () -> async.call(() -> ThreadSensitiveScope.around(this::threadOfBlockingCode));
      Thread onWorker =
          Patience.result(scope.run(() -> SyncToAsync.concurrent().<Thread>call(around)));
      assertThat(onWorker).isSameAs(home);
      assertThat(Patience.result(SyncToAsync.threadSensitive(scope).<Thread>call(around)))
          .isSameAs(home);
      assertThat(scope.run(around)).isSameAs(home);
    }
  }

  private void assertScopesThreadBelow(SyncToAsync middle) throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      List<Thread> seen =
          Loops.call(
              loop,
              () ->
                  ThreadSensitiveScope.around(
                      () ->
                          threadOfBlockingCode()
                              .thenCompose(
                                  home ->
                                      middle.call(
                                          () ->
                                              List.of(
                                                  home,
                                                  Thread.currentThread(),
                                                  async.call(this::threadOfBlockingCode))))));
      assertThat(seen.get(2)).isSameAs(seen.get(0)).isNotSameAs(seen.get(1));
    }
  }

  private void assertCallersThreadBelow(SyncToAsync middle) {
    List<Thread> seen =
        async.call(
            () ->
                middle.call(
                    () -> List.of(Thread.currentThread(), async.call(this::threadOfBlockingCode))));
    assertThat(seen.get(0)).isNotSameAs(caller);
    assertThat(seen.get(1)).isSameAs(caller);
  }

  private CompletionStage<Thread> belowWorkers(int depth) {
    return depth == 0
        ? threadOfBlockingCode()
        : SyncToAsync.concurrent().call(() -> async.<Thread>call(() -> belowWorkers(depth - 1)));
  }

  private static Thread threadOf(ThreadSensitiveScope scope) throws Exception {
    return Patience.result(threadOfBlockingCodeIn(scope));
  }

  private static CompletableFuture<Thread> threadOfBlockingCodeIn(ThreadSensitiveScope scope) {
    return SyncToAsync.threadSensitive(scope).call(Thread::currentThread);
  }

  private CompletableFuture<Thread> threadOfBlockingCode() {
    return blocking.call(Thread::currentThread);
  }

  private static <T> CompletableFuture<T> stage(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
