package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.ChildJvm;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@code trestle.sharedThread=refuse}: a chain without a home is a mistake, and says so. */
class SharedThreadRefusedTest {
  private static final SyncToAsync BLOCKING = SyncToAsync.threadSensitive();

  private static void run(Class<?> program) throws Exception {
    ChildJvm.of(program).with("trestle.sharedThread", "refuse").run();
  }

  private static CompletableFuture<Thread> threadOfBlockingCode() {
    return BLOCKING.call(Thread::currentThread);
  }

  /** Makes a call whose body must not run. */
  private static CompletableFuture<Void> callOfNone(AtomicReference<Thread> ranOn) {
    return BLOCKING.run(() -> ranOn.set(Thread.currentThread()));
  }

  private static void assertRefused(
      CompletableFuture<?> call, AtomicReference<Thread> ranOn, String caller) {
    assertThat(Patience.failure(call))
        .isInstanceOf(BridgeException.class)
        .hasMessage(
            "a thread-sensitive call was made on thread '"
                + caller
                + "' where its chain has no home, and trestle.sharedThread is 'refuse'; make it"
                + " within ThreadSensitiveScope.around or run, or give the scope");
    assertThat(ranOn).hasNullValue();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("trestle-shared");
  }

  /** On a thread that nobody knows. */
  static final class OnAPlainThread {
    public static void main(String[] args) {
      AtomicReference<Thread> ranOn = new AtomicReference<>();
      assertRefused(callOfNone(ranOn), ranOn, "main");
    }
  }

  @Test
  void aCallOnAPlainThreadFailsItsFutureWithWhatToDo() throws Exception {
    run(OnAPlainThread.class);
  }

  /** On a loop, where there is no scope either. */
  static final class OnALoop {
    public static void main(String[] args) throws Exception {
      try (EventLoopThread loop = EventLoopThread.start("http-1")) {
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        AtomicReference<CompletableFuture<Void>> call = new AtomicReference<>();
        Loops.compute(
            loop,
            () -> {
              call.set(callOfNone(ranOn));
              return null;
            });
        assertRefused(call.get(), ranOn, "http-1");
      }
    }
  }

  @Test
  void aCallOnALoopFailsItsFutureWithTheNameOfTheLoop() throws Exception {
    run(OnALoop.class);
  }

  /** Below a worker, which is no home. */
  static final class OnAWorker {
    public static void main(String[] args) {
      AtomicReference<Thread> ranOn = new AtomicReference<>();
      AtomicReference<String> worker = new AtomicReference<>();
      AtomicReference<CompletableFuture<Void>> call = new AtomicReference<>();
      Patience.result(
          SyncToAsync.concurrent()
              .run(
                  () -> {
                    worker.set(Thread.currentThread().getName());
                    call.set(callOfNone(ranOn));
                  }));
      assertRefused(call.get(), ranOn, worker.get());
    }
  }

  @Test
  void aCallOfAWorkersBodyFailsToo() throws Exception {
    run(OnAWorker.class);
  }

  /** In a queue that its blocked caller leaves behind. */
  static final class LeftBehind {
    public static void main(String[] args) {
      AtomicReference<Thread> ranOn = new AtomicReference<>();
      AtomicReference<CompletableFuture<Void>> left = new AtomicReference<>();
      AsyncToSync.create()
          .call(
              () -> {
                left.set(callOfNone(ranOn));
                return CompletableFuture.completedFuture("nobody waits for it");
              });
      assertRefused(left.get(), ranOn, "main");
    }
  }

  @Test
  void aCallThatABlockedCallerLeavesBehindFailsAndIsNotLost() throws Exception {
    run(LeftBehind.class);
  }

  /** Each of the ways to have a home. */
  static final class WithAHome {
    public static void main(String[] args) throws Exception {
      Thread around =
          Patience.result(
              ThreadSensitiveScope.around(SharedThreadRefusedTest::threadOfBlockingCode));
      assertThat(around.getName()).startsWith("trestle-home-");
      try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
        Thread named =
            Patience.result(
                SyncToAsync.threadSensitive(scope)
                    .call(
                        () ->
                            AsyncToSync.create()
                                .call(SharedThreadRefusedTest::threadOfBlockingCode)));
        assertThat(Patience.result(scope.run(SharedThreadRefusedTest::threadOfBlockingCode)))
            .isSameAs(named);
      }
      assertThat(AsyncToSync.create().call(SharedThreadRefusedTest::threadOfBlockingCode))
          .isSameAs(Thread.currentThread());
    }
  }

  @Test
  void aCallInAScopeOrBelowABlockedCallerRunsAsEver() throws Exception {
    run(WithAHome.class);
  }
}
