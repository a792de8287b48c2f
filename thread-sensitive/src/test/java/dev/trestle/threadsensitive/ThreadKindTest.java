package dev.trestle.threadsensitive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.Patience;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Which threads are virtual: where a JDK has them, and where they may be without harm. */
class ThreadKindTest {
  private static final int JDK = Runtime.version().feature();

  private static Thread threadOf(ThreadSensitiveExecutor executor) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    executor.execute(() -> thread.complete(Thread.currentThread()));
    return Patience.result(thread);
  }

  private static CompletionStage<Thread> threadOfScope() {
    BlockingCall<Thread> call =
        new BlockingCall<>(Thread::currentThread, null, CallOptions.DEFAULT);
    call.submitHome();
    return call;
  }

  private static Thread threadOf(ThreadSensitiveScope scope) throws Exception {
    return Patience.result(scope.run(ThreadKindTest::threadOfScope));
  }

  @Test
  void aVirtualExecutorsThreadIsVirtualFromJdk21On() {
    try (ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.virtual("bound")) {
      assertThat(ThreadKinds.isVirtual(threadOf(executor))).isEqualTo(JDK >= 21);
    }
  }

  @Test
  void aPlatformExecutorsThreadIsNeverVirtual() {
    try (ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.platform("bound")) {
      assertThat(ThreadKinds.isVirtual(threadOf(executor))).isFalse();
    }
  }

  @Test
  void theThreadOfAnOpenedScopeIsVirtualFromJdk24On() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      assertThat(ThreadKinds.isVirtual(threadOf(scope))).isEqualTo(JDK >= 24);
    }
  }

  @Test
  void theThreadOfAScopeAroundAFunctionIsVirtualFromJdk24On() {
    Thread thread = Patience.result(ThreadSensitiveScope.around(ThreadKindTest::threadOfScope));
    assertThat(ThreadKinds.isVirtual(thread)).isEqualTo(JDK >= 24);
  }

  @Test
  void theThreadOfAScopeOpenedAsPlatformIsNeverVirtual() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.openPlatform()) {
      assertThat(ThreadKinds.isVirtual(threadOf(scope))).isFalse();
    }
  }

  @Test
  void theSharedThreadIsNeverVirtual() {
    assertThat(ThreadKinds.isVirtual(Patience.result(threadOfScope()))).isFalse();
  }

  @Test
  void aScopeOpenedAsPlatformInAChainThatHasOneKeepsThatOnesThread() throws Exception {
    try (ThreadSensitiveScope outer = ThreadSensitiveScope.open()) {
      Thread thread = threadOf(outer);
      ThreadSensitiveScope inner = outer.run(ThreadSensitiveScope::openPlatform);
      assertThat(threadOf(inner)).isSameAs(thread);
      inner.close();
    }
  }

  @Test
  void thePlatformThreadOfAClosedScopeServesTheNext() throws Exception {
    Thread first;
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.openPlatform()) {
      first = threadOf(scope);
    }
    await().until(() -> first.getState() == Thread.State.TIMED_WAITING);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.openPlatform()) {
      assertThat(before).contains(threadOf(scope));
    }
  }

  @Test
  void anIdlePlatformThreadOfScopesIsKeptForTenSeconds() {
    assertThat(Pools.homes().getKeepAliveTime(SECONDS)).isEqualTo(10);
    assertThat(Pools.homes().getCorePoolSize()).isZero();
  }
}
