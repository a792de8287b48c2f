package dev.trestle.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.SerialProbe;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** What runs one at a time, and what runs at the same time. */
class OrderAndOverlapTest {
  private static final int CALLS = 200;

  private final SerialProbe probe = new SerialProbe(1);

  // 2
  @Test
  void callsOnTheSharedThreadNeverOverlapAndKeepTheirOrder() throws Exception {
    Patience.result(callMany(SyncToAsync.threadSensitive()));
    assertSerial();
  }

  // 2
  @Test
  void callsInAScopeNeverOverlapAndKeepTheirOrder() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      Patience.result(callMany(SyncToAsync.threadSensitive(scope)));
    }
    assertSerial();
  }

  // 2
  @Test
  void callsOnABlockedCallerNeverOverlapAndKeepTheirOrder() {
    AsyncToSync.create().call(() -> callMany(SyncToAsync.threadSensitive()));
    assertSerial();
    assertThat(probe.threads()).containsExactly(Thread.currentThread());
  }

  // 2
  @Test
  void callsOnAThreadSensitiveExecutorNeverOverlapAndKeepTheirOrder() throws Exception {
    try (ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.platform("lane")) {
      Patience.result(callMany(SyncToAsync.on(executor)));
    }
    assertSerial();
  }

  // 2
  @Test
  void secondThreadSensitiveCallWaitsUntilTheFirstHasEnded() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      SyncToAsync blocking = SyncToAsync.threadSensitive(scope);
      CountDownLatch end = new CountDownLatch(1);
      CompletableFuture<Void> first = blocking.run(() -> Patience.await(end));
      CompletableFuture<Boolean> second = blocking.call(() -> end.getCount() == 0);
      // A concurrent call made later has come and gone while the second still waits.
      Patience.result(SyncToAsync.concurrent().run(() -> {}));
      assertThat(second).isNotDone();
      end.countDown();
      Patience.result(first);
      assertThat(Patience.result(second)).isTrue();
    }
  }

  // 2
  @Test
  void twoConcurrentCallsOverlap() throws Exception {
    CyclicBarrier meeting = new CyclicBarrier(2);
    SyncToAsync blocking = SyncToAsync.concurrent();
    CompletableFuture<Integer> first = blocking.call(() -> meeting.await(10, SECONDS));
    CompletableFuture<Integer> second = blocking.call(() -> meeting.await(10, SECONDS));
    assertThat(Patience.result(first) + Patience.result(second)).isEqualTo(1);
  }

  private CompletionStage<Void> callMany(SyncToAsync blocking) {
    CompletableFuture<?>[] calls = new CompletableFuture<?>[CALLS];
    for (int i = 0; i < CALLS; i++) {
      int number = i;
      calls[i] = blocking.run(() -> probe.visit(0, number));
    }
    return CompletableFuture.allOf(calls);
  }

  private void assertSerial() {
    assertThat(probe.visits()).isEqualTo(CALLS);
    assertThat(probe.threads()).hasSize(1);
    probe.assertOneAtATime();
    probe.assertInOrder();
  }
}
