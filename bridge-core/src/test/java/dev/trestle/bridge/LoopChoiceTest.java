package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The loop of an AsyncToSync is chosen when it is called. */
class LoopChoiceTest {
  // 3
  @Test
  void wrapperMadeOnOneLoopRunsOnTheLoopThatItsCallComesFrom() throws Exception {
    try (EventLoopThread maker = EventLoopThread.start("maker");
        EventLoopThread user = EventLoopThread.start("user")) {
      Function<String, Thread> wrapped = Loops.compute(maker, LoopChoiceTest::wrapThreadOf);
      Thread seen = Loops.call(user, () -> SyncToAsync.concurrent().call(() -> wrapped.apply("x")));
      assertThat(seen).isSameAs(Loops.threadOf(user));
    }
  }

  // 3
  @Test
  void wrapperMadeOnALoopIsDrivenByThePlainThreadThatCallsIt() throws Exception {
    try (EventLoopThread maker = EventLoopThread.start("maker")) {
      Function<String, Thread> wrapped = Loops.compute(maker, LoopChoiceTest::wrapThreadOf);
      assertThat(wrapped.apply("x")).isSameAs(Thread.currentThread());
    }
  }

  // 3
  @Test
  void oneWrapperServesManyLoops() throws Exception {
    Function<String, Thread> wrapped = wrapThreadOf();
    for (int i = 0; i < 3; i++) {
      try (EventLoopThread loop = EventLoopThread.start("L" + i)) {
        Thread seen =
            Loops.call(loop, () -> SyncToAsync.threadSensitive().call(() -> wrapped.apply("x")));
        assertThat(seen).isSameAs(Loops.threadOf(loop));
      }
    }
  }

  // 3
  @Test
  void loopThatHasStoppedIsNeverChosen() throws Exception {
    EventLoopThread loop = EventLoopThread.start("stopped");
    AtomicReference<CompletableFuture<Thread[]>> call = new AtomicReference<>();
    Loops.compute(
        loop,
        () -> {
          call.set(
              SyncToAsync.concurrent()
                  .call(
                      () -> {
                        loop.close();
                        return new Thread[] {Thread.currentThread(), threadOfAsyncCode()};
                      }));
          return null;
        });
    Thread[] seen = Patience.result(call.get());
    assertThat(seen[1]).isSameAs(seen[0]);
  }

  // 3 ★
  @Test
  void workerThatServedALoopThatHasStoppedDrivesItsNextCallItself() throws Exception {
    try (ThreadSensitiveExecutor worker = ThreadSensitiveExecutor.platform("worker")) {
      SyncToAsync blocking = SyncToAsync.on(worker);
      try (EventLoopThread first = EventLoopThread.start("first")) {
        Thread seen = Loops.call(first, () -> blocking.call(LoopChoiceTest::threadOfAsyncCode));
        assertThat(seen).isSameAs(Loops.threadOf(first));
      }
      assertThat(Patience.result(blocking.call(LoopChoiceTest::threadOfAsyncCode)))
          .isSameAs(Patience.result(blocking.call(Thread::currentThread)));
    }
  }

  // 3 ★
  @Test
  void workerThatServedALoopThatHasStoppedServesTheNextLoop() throws Exception {
    try (ThreadSensitiveExecutor worker = ThreadSensitiveExecutor.platform("worker");
        EventLoopThread second = EventLoopThread.start("second")) {
      SyncToAsync blocking = SyncToAsync.on(worker);
      try (EventLoopThread first = EventLoopThread.start("first")) {
        Loops.call(first, () -> blocking.call(LoopChoiceTest::threadOfAsyncCode));
      }
      Thread seen = Loops.call(second, () -> blocking.call(LoopChoiceTest::threadOfAsyncCode));
      assertThat(seen).isSameAs(Loops.threadOf(second));
    }
  }

  @Test
  void portalRunsOnItsLoopWhicheverThreadCalls() throws Exception {
    try (EventLoopThread loop = EventLoopThread.start("portal")) {
      AsyncToSync portal = AsyncToSync.on(loop);
      Thread seen =
          Bystander.call(
              () -> portal.call(() -> CompletableFuture.completedFuture(Thread.currentThread())));
      assertThat(seen).isSameAs(Loops.threadOf(loop));
    }
  }

  private static Function<String, Thread> wrapThreadOf() {
    return AsyncToSync.create()
        .wrap(any -> CompletableFuture.completedFuture(Thread.currentThread()));
  }

  private static Thread threadOfAsyncCode() {
    return AsyncToSync.create()
        .call(() -> CompletableFuture.completedFuture(Thread.currentThread()));
  }
}
