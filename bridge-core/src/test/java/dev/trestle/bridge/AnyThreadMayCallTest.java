package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** AsyncToSync works from any thread that may block, with nothing set up. */
class AnyThreadMayCallTest {
  // 5
  @Test
  void callWorksFromMainWithNothingSetUp() {
    assertCallWorks();
  }

  // 5
  @Test
  void callWorksFromAThreadThatTheLibraryHasNeverSeen() throws Exception {
    Bystander.run("raw", AnyThreadMayCallTest::assertCallWorks).result();
  }

  // 5
  @Test
  void callWorksFromAThreadOfARawPool() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      pool.submit(AnyThreadMayCallTest::assertCallWorks).get(20, TimeUnit.SECONDS);
      pool.submit(AnyThreadMayCallTest::assertCallWorks).get(20, TimeUnit.SECONDS);
    } finally {
      pool.shutdownNow();
    }
  }

  // 5
  @Test
  void callWorksFromAForkJoinThread() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      pool.submit(AnyThreadMayCallTest::assertCallWorks).get(20, TimeUnit.SECONDS);
    } finally {
      pool.shutdownNow();
    }
  }

  // 5
  @Test
  void callWorksFromACatchBlockAndAFinallyBlock() {
    try {
      throw new IllegalStateException("first");
    } catch (IllegalStateException e) {
      assertCallWorks();
      assertThat(e.getSuppressed()).isEmpty();
    } finally {
      assertCallWorks();
    }
  }

  // 5
  @Test
  void callWorksInTheHandlerOfAFailedCall() {
    AsyncToSync async = AsyncToSync.create();
    try {
      async.call(
          () -> {
            throw new IllegalStateException("first");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("first");
      assertCallWorks();
    }
  }

  @Test
  void threadIsNoLoopAnyMoreWhenItsCallHasReturned() {
    assertCallWorks();
    assertThat(EventLoop.current()).isEmpty();
  }

  private static void assertCallWorks() {
    Thread caller = Thread.currentThread();
    Thread[] seen =
        AsyncToSync.create()
            .call(
                () -> {
                  Thread start = Thread.currentThread();
                  return SyncToAsync.concurrent()
                      .call(() -> 1)
                      .thenCompose(
                          one ->
                              CompletableFuture.completedFuture(
                                  new Thread[] {start, Thread.currentThread()}));
                });
    assertThat(seen).containsExactly(caller, caller);
  }
}
