package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scopes on an event loop neither leak into its next task nor stop it. */
class ScopeOnLoopTest {
  private final EventLoopThread loop = EventLoopThread.start("L");
  private final SyncToAsync blocking = SyncToAsync.threadSensitive();

  @AfterEach
  void stop() {
    loop.close();
  }

  // 24
  @Test
  void scopeLeftOpenOnALoopDoesNotReachItsNextTask() throws Exception {
    Thread shared = Loops.call(loop, this::threadOfBlockingCode);
    ThreadSensitiveScope scope = Loops.compute(loop, ThreadSensitiveScope::open);
    Thread home = Loops.call(loop, () -> scope.run(this::threadOfBlockingCode));
    assertThat(Loops.call(loop, this::threadOfBlockingCode)).isSameAs(shared).isNotSameAs(home);
    scope.close();
  }

  // 24
  @Test
  @SuppressWarnings("un-awaited") // awaiting what never ends is what must not be needed
  void aroundThatNeverEndsDoesNotReachTheNextTaskOfItsLoop() throws Exception {
    Thread shared = Loops.call(loop, this::threadOfBlockingCode);
    CompletableFuture<Thread> home = new CompletableFuture<>();
    Loops.compute(
        loop,
        () -> {
          ThreadSensitiveScope.around(
              () -> {
                Patience.forward(threadOfBlockingCode(), home);
                return new CompletableFuture<>();
              });
          return null;
        });
    assertThat(Loops.call(loop, this::threadOfBlockingCode))
        .isSameAs(shared)
        .isNotSameAs(Patience.result(home));
  }

  // 24
  @Test
  void closingAScopeOnALoopReturnsAtOnceWhileItsThreadWaitsForThatLoop() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<String> fromLoop = new CompletableFuture<>();
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    CompletableFuture<String> body =
        Loops.start(
            loop,
            () ->
                SyncToAsync.threadSensitive(scope)
                    .call(
                        () ->
                            AsyncToSync.create()
                                .call(
                                    () -> {
                                      waiting.countDown();
                                      return fromLoop;
                                    })));
    Patience.await(waiting);
    Loops.compute(
        loop,
        () -> {
          scope.close();
          return null;
        });
    CompletableFuture<Void> end = Loops.compute(loop, () -> new Closing(scope.closeAsync())).end;
    assertThat(end).isNotDone();
    loop.execute(() -> fromLoop.complete("loop goes on"));
    assertThat(Patience.result(body)).isEqualTo("loop goes on");
    Patience.result(end);
  }

  // 24
  @Test
  void closingScopesOnALoopCostsNoThread() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<ThreadSensitiveScope> scopes = new ArrayList<>();
    List<CompletableFuture<Void>> bodies = new ArrayList<>();
    CountDownLatch busy = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      ThreadSensitiveScope scope = ThreadSensitiveScope.open();
      scopes.add(scope);
      bodies.add(
          SyncToAsync.threadSensitive(scope)
              .run(
                  () -> {
                    busy.countDown();
                    Patience.await(go);
                  }));
    }
    Patience.await(busy);
    long started = threadsStarted();
    Loops.compute(
        loop,
        () -> {
          scopes.forEach(ThreadSensitiveScope::close);
          return null;
        });
    assertThat(threadsStarted() - started).isLessThan(50);
    go.countDown();
    for (ThreadSensitiveScope scope : scopes) {
      Patience.result(scope.closeAsync());
    }
    for (CompletableFuture<Void> body : bodies) {
      Patience.result(body);
    }
  }

  // 24
  @Test
  void closingAScopeOnItsOwnThreadReturnsAtOnce() throws Exception {
    ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    Patience.result(SyncToAsync.threadSensitive(scope).run(scope::close));
    Patience.result(scope.closeAsync());
  }

  /** A stage as a result that is not waited for. */
  private record Closing(CompletableFuture<Void> end) {}

  private static long threadsStarted() {
    return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
  }

  private CompletableFuture<Thread> threadOfBlockingCode() {
    return blocking.call(Thread::currentThread);
  }
}
