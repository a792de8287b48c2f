package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.context.Local;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import dev.trestle.threadsensitive.CancelPolicy;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A method of a twin is a call of the wrapper that made it: its thread, limits, cancel, context.
 */
class TwinThreadsTest {
  private static final Local<String> TRACE = Local.named("trace");

  interface Work {
    Thread thread();

    String echo(String text);

    String pass() throws InterruptedException;
  }

  interface AsyncWork {
    CompletableFuture<Thread> thread();

    CompletableFuture<String> echo(String text);

    CompletableFuture<String> pass();
  }

  private final Gate gate = new Gate();

  private final Work work =
      new Work() {
        @Override
        public Thread thread() {
          return Thread.currentThread();
        }

        @Override
        public String echo(String text) {
          TRACE.set(TRACE.get() + ">" + text);
          return TRACE.get();
        }

        @Override
        public String pass() throws InterruptedException {
          try {
            gate.passInterruptibly();
            return "passed";
          } catch (InterruptedException e) {
            gate.open();
            throw e;
          }
        }
      };

  private AsyncWork async(SyncToAsync wrapper) {
    return wrapper.twin(AsyncWork.class, work);
  }

  private static AsyncWork started(CompletableFuture<String> stage) {
    return new AsyncWork() {
      @Override
      public CompletableFuture<Thread> thread() {
        return CompletableFuture.completedFuture(Thread.currentThread());
      }

      @Override
      public CompletableFuture<String> echo(String text) {
        TRACE.set(TRACE.get() + ">" + text);
        return CompletableFuture.completedFuture(TRACE.get());
      }

      @Override
      public CompletableFuture<String> pass() {
        return stage;
      }
    };
  }

  @AfterEach
  void remove() {
    gate.open();
    TRACE.remove();
  }

  @Test
  void theBodyRunsOnTheScopesThread() throws Exception {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      Thread home = Patience.result(SyncToAsync.threadSensitive(scope).call(Thread::currentThread));
      AsyncWork twin = async(SyncToAsync.threadSensitive(scope));
      assertThat(Patience.result(twin.thread())).isSameAs(home);
      assertThat(Patience.result(twin.thread())).isSameAs(home);
    }
  }

  @Test
  void theBodyRunsOnTheExecutor() {
    try (ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.platform("own")) {
      CompletableFuture<Thread> own = new CompletableFuture<>();
      executor.execute(() -> own.complete(Thread.currentThread()));
      assertThat(Patience.result(async(SyncToAsync.on(executor)).thread()))
          .isSameAs(Patience.result(own));
    }
  }

  @Test
  void theBodyRunsOnAWorkerAndDependentsOnTheLoop() throws Exception {
    AsyncWork twin = async(SyncToAsync.concurrent());
    try (EventLoopThread loop = EventLoopThread.start("loop")) {
      Thread onLoop = Loops.threadOf(loop);
      List<Thread> threads =
          Loops.call(
              loop, () -> twin.thread().thenApply(body -> List.of(body, Thread.currentThread())));
      assertThat(threads.get(0)).isNotSameAs(onLoop).isNotSameAs(Thread.currentThread());
      assertThat(threads.get(1)).isSameAs(onLoop);
    }
  }

  @Test
  void aBlockingTwinsTargetRunsOnTheCallingThreadOrOnTheLoop() throws Exception {
    AsyncWork target = started(new CompletableFuture<>());
    assertThat(AsyncToSync.create().twin(Work.class, target).thread())
        .isSameAs(Thread.currentThread());
    try (EventLoopThread loop = EventLoopThread.start("loop")) {
      assertThat(AsyncToSync.on(loop).twin(Work.class, target).thread())
          .isSameAs(Loops.threadOf(loop));
    }
  }

  @Test
  @SuppressWarnings("blocking-in-async") // what the bridge says to it
  void aBlockingTwinIsRefusedOnALoop() throws Exception {
    Work twin = AsyncToSync.create().twin(Work.class, started(new CompletableFuture<>()));
    try (EventLoopThread loop = EventLoopThread.start("http-1")) {
      assertThat(Loops.compute(loop, twin::hashCode)).isEqualTo(twin.hashCode());
      assertThat(Patience.failure(Loops.start(loop, () -> stage(twin.thread()))))
          .isInstanceOf(BridgeDeadlockException.class)
          .hasMessageContaining("event loop 'http-1'");
    }
  }

  private static <T> CompletionStage<T> stage(T value) {
    return CompletableFuture.completedFuture(value);
  }

  @Test
  void thereAndBackTheBodyRunsOnTheThreadThatWaits() throws Exception {
    Work twice = AsyncToSync.create().twin(Work.class, async(SyncToAsync.threadSensitive()));
    assertThat(twice.thread()).isSameAs(Thread.currentThread());
    gate.open();
    assertThat(twice.pass()).isEqualTo("passed");
  }

  @Test
  void thereAndBackBothCrossingsCount() {
    Work twice = AsyncToSync.create().twin(Work.class, async(SyncToAsync.concurrent()));
    assertThat(twice.thread()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void theLimitsAreThoseOfTheWrapper() {
    Limiter one = Limiter.of("one", 1, 0);
    AsyncWork twin = async(SyncToAsync.concurrent().limitedBy(one));
    CompletableFuture<String> first = twin.pass();
    gate.awaitReached();
    assertThat(Patience.failure(twin.thread()))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("one");
    gate.open();
    assertThat(Patience.result(first)).isEqualTo("passed");
  }

  @Test
  void cancellingWhatAMethodReturnedCancelsTheCall() {
    CompletableFuture<String> call =
        async(SyncToAsync.concurrent().withCancel(CancelPolicy.INTERRUPT)).pass();
    gate.awaitReached();
    assertThat(call.cancel(true)).isTrue();
    gate.pass(); // which the interrupted body opens
    assertThat(call).isCancelled();
  }

  @Test
  void cancellingADependentLeavesTheCallAlone() {
    CompletableFuture<String> call = async(SyncToAsync.concurrent()).pass();
    gate.awaitReached();
    assertThat(call.thenApply(String::trim).cancel(true)).isTrue();
    gate.open();
    assertThat(Patience.result(call)).isEqualTo("passed");
  }

  interface Pass {
    String pass();
  }

  interface AsyncPass {
    CompletionStage<String> pass();
  }

  private static void giveUp(AsyncPass target, CompletableFuture<?> begun) {
    Pass twin = AsyncToSync.create().twin(Pass.class, target);
    Bystander<String> caller = Bystander.start("caller", twin::pass);
    Patience.result(begun);
    caller.thread().interrupt();
    assertThat(caller.failure()).isInstanceOf(BridgeInterruptedException.class);
  }

  @Test
  void givingUpABlockingTwinsCallCancelsTheTargetsStage() {
    CompletableFuture<String> begun = new CompletableFuture<>();
    CompletableFuture<String> never = new CompletableFuture<>();
    giveUp(
        () -> {
          begun.complete("");
          return never;
        },
        begun);
    Patience.end(never);
    assertThat(never).isCancelled();
  }

  @Test
  void givingUpABlockingTwinsCallReachesTheSourceOfTheTargetsStage() {
    CompletableFuture<CompletableFuture<String>> source = new CompletableFuture<>();
    giveUp(
        () -> {
          source.complete(async(SyncToAsync.concurrent()).pass());
          return source.getNow(null).thenApply(String::trim);
        },
        source);
    Patience.end(source.getNow(null));
    assertThat(source.getNow(null)).isCancelled();
  }

  @Test
  void theContextIsThatOfEachCallAndIsWrittenBack() {
    TRACE.set("making");
    AsyncWork async = async(SyncToAsync.concurrent());
    Work blocking = AsyncToSync.create().twin(Work.class, async);
    TRACE.set("caller");
    assertThat(Patience.result(async.echo("body"))).isEqualTo("caller>body");
    assertThat(TRACE.get()).isEqualTo("caller");
    assertThat(blocking.echo("twice")).isEqualTo("caller>twice");
    assertThat(TRACE.get()).isEqualTo("caller>twice");
    assertThat(
            AsyncToSync.create().twin(Work.class, started(new CompletableFuture<>())).echo("async"))
        .isEqualTo("caller>twice>async");
    assertThat(TRACE.get()).isEqualTo("caller>twice>async");
  }

  @Test
  @Tag("concurrency")
  void aTwinIsSharedByManyThreads() {
    interface Echo {
      String of(String text, int... numbers);
    }
    interface AsyncEcho {
      CompletionStage<String> of(String text, int... numbers);
    }
    Echo target = (text, numbers) -> text + numbers[0];
    AsyncEcho async = SyncToAsync.concurrent().twin(AsyncEcho.class, target);
    Echo twice = AsyncToSync.create().twin(Echo.class, async);
    List<Bystander<Void>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = "caller-" + i + "-";
      callers.add(
          Bystander.run(
              name,
              () -> {
                for (int n = 0; n < 200; n++) {
                  assertThat(twice.of(name, n)).isEqualTo(name + n);
                }
              }));
    }
    callers.forEach(Bystander::result);
  }
}
