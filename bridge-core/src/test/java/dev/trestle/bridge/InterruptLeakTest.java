package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.BareExecutor;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 35: an interrupt meant for one body never reaches the next task of its thread. */
@Tag("concurrency")
class InterruptLeakTest {
  private static final int ROUNDS = 5_000;

  /** Cancels just as the body ends, which is the window; returns what the next body saw. */
  private static boolean reachesTheNext(SyncToAsync first, SyncToAsync next) {
    CountDownLatch running = new CountDownLatch(1);
    boolean[] cancelling = new boolean[1];
    Object lock = new Object();
    CompletableFuture<Void> call =
        first
            .withCancel(CancelPolicy.INTERRUPT)
            .run(
                () -> {
                  running.countDown();
                  for (boolean go = false; !go; ) {
                    synchronized (lock) {
                      go = cancelling[0];
                    }
                  }
                  Patience.randomMoment();
                });
    CompletableFuture<Boolean> following =
        next.call(
            () -> {
              boolean seen = Thread.interrupted();
              Patience.randomMoment();
              return seen || Thread.interrupted();
            });
    Patience.await(running);
    synchronized (lock) {
      cancelling[0] = true;
    }
    Patience.randomMoment();
    call.cancel(true);
    return Patience.result(following);
  }

  @Test
  void onAThreadOfYours() {
    try (BareExecutor bare = new BareExecutor()) {
      SyncToAsync there = SyncToAsync.on(bare);
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(reachesTheNext(there, there)).isFalse();
      }
    }
  }

  @Test
  void onTheThreadOfAScope() {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      SyncToAsync there = SyncToAsync.threadSensitive(scope);
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(reachesTheNext(there, there)).isFalse();
      }
    }
  }

  @Test
  void onTheSharedThread() {
    SyncToAsync shared = SyncToAsync.threadSensitive();
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(reachesTheNext(shared, shared)).isFalse();
    }
  }

  @Test
  void onAWorker() {
    SyncToAsync concurrent = SyncToAsync.concurrent();
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(reachesTheNext(concurrent, concurrent)).isFalse();
    }
  }
}
