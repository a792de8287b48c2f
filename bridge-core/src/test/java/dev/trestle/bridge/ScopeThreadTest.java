package dev.trestle.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** A scope is one thread, and each scope its own. */
class ScopeThreadTest {
  private final SyncToAsync blocking = SyncToAsync.threadSensitive();

  // 9
  @Test
  void twoFlowsEachWithItsOwnScopeHaveTwoThreadsThatRunAtOnce() throws Exception {
    CyclicBarrier meeting = new CyclicBarrier(2);
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      CompletableFuture<Thread> first = Loops.start(loop, () -> flowThatMeets(meeting));
      CompletableFuture<Thread> second = Loops.start(loop, () -> flowThatMeets(meeting));
      assertThat(Patience.result(first)).isNotSameAs(Patience.result(second));
    }
  }

  // 9
  @Test
  void twoOpenScopesKeepTwoThreadsThoughTheyAreNeverBusyAtOnce() throws Exception {
    try (ThreadSensitiveScope first = ThreadSensitiveScope.open();
        ThreadSensitiveScope second = ThreadSensitiveScope.open()) {
      Thread ofFirst = threadOf(first);
      Thread ofSecond = threadOf(second);
      assertThat(ofSecond).isNotSameAs(ofFirst);
      assertThat(threadOf(first)).isSameAs(ofFirst);
      assertThat(threadOf(second)).isSameAs(ofSecond);
    }
  }

  // 9
  @Test
  void twoFlowsInOneScopeHaveOneThread() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open();
        EventLoopThread loop = EventLoopThread.start("L")) {
      Thread ofLoop = Loops.call(loop, () -> scope.run(this::threadOfBlockingCode));
      Thread ofPlain = Bystander.call(() -> Patience.result(scope.run(this::threadOfBlockingCode)));
      assertThat(ofPlain).isSameAs(ofLoop);
      assertThat(threadOf(scope)).isSameAs(ofLoop);
    }
  }

  // 9
  @Test
  void scopeOpenedInAScopeIsTheSameHome() throws Exception {
    try (ThreadSensitiveScope outer = ThreadSensitiveScope.open()) {
      Thread home = threadOf(outer);
      CompletionStage<Thread> inAround =
          outer.run(() -> ThreadSensitiveScope.around(this::threadOfBlockingCode));
      assertThat(Patience.result(inAround)).isSameAs(home);
      ThreadSensitiveScope inner = outer.run(ThreadSensitiveScope::open);
      assertThat(threadOf(inner)).isSameAs(home);
      inner.close();
      assertThat(threadOf(outer)).as("after the inner one was closed").isSameAs(home);
    }
  }

  // 9
  @Test
  void callsOfOneRequestRunOnOneThreadAcrossAsyncSteps() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("L")) {
      List<Thread> seen =
          Loops.call(
              loop,
              () ->
                  ThreadSensitiveScope.around(
                      () ->
                          threadOfBlockingCode()
                              .thenCompose(
                                  first ->
                                      SyncToAsync.concurrent()
                                          .call(Thread::currentThread)
                                          .thenCompose(
                                              worker ->
                                                  threadOfBlockingCode()
                                                      .thenApply(
                                                          second ->
                                                              List.of(first, worker, second))))));
      assertThat(seen.get(2)).isSameAs(seen.get(0));
      assertThat(seen.get(1)).isNotSameAs(seen.get(0));
      assertThat(seen).doesNotContain(Loops.threadOf(loop));
    }
  }

  // 9
  @Test
  void scopesThatRanNothingMadeNoThread() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    for (int i = 0; i < 10_000; i++) {
      ThreadSensitiveScope.openPlatform().close();
      ThreadSensitiveScope.open().close();
    }
    Set<Thread> made = new HashSet<>(Thread.getAllStackTraces().keySet());
    made.removeAll(before);
    // Some of the JVM, or of a test before, may have come meanwhile; a thread a scope has not.
    assertThat(made).hasSizeLessThan(50);
  }

  private CompletableFuture<Thread> flowThatMeets(CyclicBarrier meeting) {
    return ThreadSensitiveScope.around(
        () ->
            blocking.call(
                () -> {
                  meeting.await(10, SECONDS);
                  return Thread.currentThread();
                }));
  }

  private static Thread threadOf(ThreadSensitiveScope scope) throws Exception {
    return Patience.result(SyncToAsync.threadSensitive(scope).call(Thread::currentThread));
  }

  private CompletableFuture<Thread> threadOfBlockingCode() {
    return blocking.call(Thread::currentThread);
  }
}
