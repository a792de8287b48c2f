package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.ChildJvm;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The threads that Trestle makes: each is named, keeps no JVM alive, and inherits nothing. */
class OwnThreadsTest {
  private static final SyncToAsync WORKER = SyncToAsync.concurrent();
  private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();

  private record Seen(Thread thread, String inherited) {
    static Seen here() {
      return new Seen(Thread.currentThread(), INHERITABLE.get());
    }
  }

  private static Seen threadOfHook() {
    CompletableFuture<Seen> hook = new CompletableFuture<>();
    Gate gate = new Gate();
    CompletableFuture<Void> call =
        WORKER.run(
            () -> {
              Calls.onCancel(() -> hook.complete(Seen.here()));
              gate.pass();
            });
    gate.awaitReached();
    call.cancel(true);
    Seen seen = Patience.result(hook);
    gate.open();
    return seen;
  }

  private static Seen threadOfStandIn() {
    CompletableFuture<Seen> standIn = new CompletableFuture<>();
    return AsyncToSync.create()
        .call(
            () -> {
              EventLoop loop = EventLoop.current().orElseThrow();
              return SyncToAsync.threadSensitive()
                  .call(
                      () -> {
                        loop.execute(() -> standIn.complete(Seen.here()));
                        return Patience.result(standIn);
                      });
            });
  }

  /** Which pattern the name of each kind of thread has. */
  private static Map<Seen, String> allKinds() throws Exception {
    Map<Seen, String> kinds = new HashMap<>();
    kinds.put(Patience.result(WORKER.call(Seen::here)), "trestle-worker-[1-9]\\d*");
    kinds.put(
        Patience.result(WORKER.call(() -> "").thenApplyAsync(value -> Seen.here())),
        "trestle-worker-[1-9]\\d*");
    kinds.put(threadOfHook(), "trestle-worker-[1-9]\\d*");
    kinds.put(threadOfStandIn(), "trestle-worker-[1-9]\\d*");
    SyncToAsync home = SyncToAsync.threadSensitive();
    kinds.put(Patience.result(home.call(Seen::here)), "trestle-shared");
    ThreadSensitiveScope scope = ThreadSensitiveScope.open(); // is left open
    kinds.put(
        Patience.result(SyncToAsync.threadSensitive(scope).call(Seen::here)),
        "trestle-home-[1-9]\\d*");
    ThreadSensitiveScope platform = ThreadSensitiveScope.openPlatform(); // too
    kinds.put(
        Patience.result(SyncToAsync.threadSensitive(platform).call(Seen::here)),
        "trestle-home-[1-9]\\d*");
    EventLoopThread loop = EventLoopThread.start("http-1"); // too
    kinds.put(Loops.compute(loop, Seen::here), "http-1");
    ThreadSensitiveExecutor bound = ThreadSensitiveExecutor.platform("bound"); // too
    kinds.put(Patience.result(SyncToAsync.on(bound).call(Seen::here)), "bound");
    ThreadSensitiveExecutor virtual = ThreadSensitiveExecutor.virtual("virtual"); // too
    kinds.put(Patience.result(SyncToAsync.on(virtual).call(Seen::here)), "virtual");
    return kinds;
  }

  /** Makes one of each, and leaves them all behind. */
  static final class OneOfEach {
    public static void main(String[] args) throws Exception {
      Set<Thread> before = Thread.getAllStackTraces().keySet();
      INHERITABLE.set("of main");
      Gate never = new Gate();
      var unused = WORKER.withTimeout(Duration.ofDays(1)).run(never::pass);
      allKinds()
          .forEach(
              (seen, name) -> {
                assertThat(seen.thread().getName()).matches(name);
                assertThat(seen.thread().isDaemon()).as("%s is a daemon", seen.thread()).isTrue();
                assertThat(seen.inherited()).as("what %s inherited", seen.thread()).isNull();
              });
      Set<Thread> made = new HashSet<>(Thread.getAllStackTraces().keySet());
      made.removeAll(before);
      assertThat(made).allMatch(Thread::isDaemon);
      assertThat(made).extracting(Thread::getName).contains("trestle-timer");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachIsANamedDaemonThatInheritsNothingAndAJvmEndsWhileItHasThemAll(boolean platformWorkers)
      throws Exception {
    ChildJvm jvm = ChildJvm.of(OneOfEach.class);
    (platformWorkers ? jvm.with("trestle.workers.virtual", false) : jvm).run();
  }

  /** Calls async code that is done. */
  static final class CompletedStages {
    public static void main(String[] args) throws Exception {
      AsyncToSync async = AsyncToSync.create();
      for (int i = 0; i < 1_000; i++) {
        int number = i;
        Thread caller = Thread.currentThread();
        int result =
            async.call(
                () -> {
                  assertThat(Thread.currentThread()).isSameAs(caller);
                  return CompletableFuture.completedFuture(number);
                });
        assertThat(result).isEqualTo(number);
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .noneMatch(name -> name.startsWith("trestle-"));
    }
  }

  @Test
  void noneIsMadeForAsyncCodeThatIsDoneWhenItReturns() throws Exception {
    // Idle workers stay for a minute, and virtual ones would not be seen.
    ChildJvm.of(CompletedStages.class).with("trestle.workers.virtual", false).run();
  }
}
