package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 40 and 42: which thread runs the dependents of a call. */
class DependentThreadsTest {
  private final EventLoopThread loop = EventLoopThread.start("loop");
  private final ThreadSensitiveScope scope = ThreadSensitiveScope.open();
  private final SyncToAsync home = SyncToAsync.threadSensitive(scope);
  private final Gate gate = new Gate();
  private Thread loopThread;

  @BeforeEach
  void learnTheThreadOfTheLoop() {
    loopThread = onLoop(Thread::currentThread);
  }

  @AfterEach
  void close() {
    gate.open();
    scope.close();
    loop.close();
  }

  private <T> T onLoop(Callable<T> body) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            result.complete(body.call());
          } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
          }
        });
    return Patience.result(result);
  }

  private Thread passGate() {
    gate.pass();
    return Thread.currentThread();
  }

  private static Function<Object, Thread> here() {
    return result -> Thread.currentThread();
  }

  @Test
  void registeredOnTheLoopBeforeCompletionTheyRunOnTheLoop() {
    for (SyncToAsync blocking : new SyncToAsync[] {home, SyncToAsync.concurrent()}) {
      CompletableFuture<Thread> dependent =
          onLoop(() -> blocking.call(this::passGate).thenApply(here()));
      gate.open();
      assertThat(Patience.result(dependent)).isSameAs(loopThread);
    }
  }

  @Test
  void registeredElsewhereBeforeCompletionTheyRunOnTheLoop() {
    CompletableFuture<Thread> call = onLoop(() -> home.call(this::passGate));
    CompletableFuture<Thread> dependent = call.thenApply(here());
    CompletableFuture<Thread> second = dependent.handle((thread, thrown) -> here().apply(thread));
    gate.open();
    assertThat(Patience.result(dependent)).isSameAs(loopThread);
    assertThat(Patience.result(second)).isSameAs(loopThread);
  }

  @Test
  void registeredOnTheLoopAfterCompletionTheyRunOnTheLoop() {
    CompletableFuture<String> call = onLoop(() -> home.call(() -> "done"));
    Patience.end(call);
    assertThat(Patience.result(onLoop(() -> call.thenApply(here())))).isSameAs(loopThread);
  }

  @Test
  void registeredWithTheBodysOwnExecutorTheyRunThere() {
    ExecutorService chosen = Executors.newSingleThreadExecutor();
    CompletableFuture<Thread> call = onLoop(() -> home.call(this::passGate));
    CompletableFuture<Thread> dependent = call.thenApplyAsync(here(), chosen);
    CompletableFuture<Thread> identity = new CompletableFuture<>();
    chosen.execute(() -> identity.complete(Thread.currentThread()));
    gate.open();
    assertThat(Patience.result(dependent)).isSameAs(Patience.result(identity));
    chosen.shutdown();
  }

  @Test
  void withoutALoopTheyNeverRunOnTheHome() {
    CompletableFuture<Thread> call = home.call(this::passGate);
    CompletableFuture<Thread> dependent = call.thenApply(here());
    gate.open();
    Thread homeThread = Patience.result(call);
    assertThat(Patience.result(dependent)).isNotSameAs(homeThread);
  }

  @Test
  void cancellingOnAHomeOrElsewhereDoesNotRunThemThere() {
    CompletableFuture<Thread> call = onLoop(() -> SyncToAsync.concurrent().call(this::passGate));
    CompletableFuture<Thread> dependent = call.handle((value, thrown) -> Thread.currentThread());
    Patience.result(home.call(() -> call.cancel(true)));
    assertThat(Patience.result(dependent)).isSameAs(loopThread);
  }

  @Test
  void completingFromElsewhereDoesNotRunThemThere() {
    CompletableFuture<Thread> call = onLoop(() -> SyncToAsync.concurrent().call(this::passGate));
    CompletableFuture<Thread> dependent = call.thenApply(here());
    call.complete(null);
    assertThat(Patience.result(dependent)).isSameAs(loopThread);
  }

  @Test
  void ofALoopThatHasClosedNothingIsLost() {
    CompletableFuture<Thread> call = onLoop(() -> home.call(this::passGate));
    CompletableFuture<Thread> dependent = call.thenApply(here());
    loop.close();
    gate.open();
    Thread homeThread = Patience.result(call);
    assertThat(Patience.result(dependent)).isNotSameAs(loopThread).isNotSameAs(homeThread);
  }

  @Test
  void completingOnNamesTheirThread() {
    ExecutorService chosen = Executors.newSingleThreadExecutor();
    CompletableFuture<Thread> dependent =
        home.completingOn(chosen).call(this::passGate).thenApply(here());
    CompletableFuture<Thread> identity = new CompletableFuture<>();
    chosen.execute(() -> identity.complete(Thread.currentThread()));
    gate.open();
    assertThat(Patience.result(dependent)).isSameAs(Patience.result(identity));
    chosen.shutdown();
  }

  @Test
  void asyncWithoutAnExecutorNeverReachesTheCommonPool() { // 42
    CompletableFuture<Thread> onLoop =
        onLoop(() -> home.call(this::passGate)).thenApplyAsync(here());
    CompletableFuture<Thread> onWorker =
        SyncToAsync.concurrent().call(() -> "").thenApplyAsync(here());
    CompletableFuture<Thread> ofDependent = onWorker.thenApply(x -> x).thenApplyAsync(here());
    gate.open();
    assertThat(Patience.result(onLoop)).isSameAs(loopThread);
    for (CompletableFuture<Thread> worker : List.of(onWorker, ofDependent)) {
      assertThat(isOfTheCommonPool(Patience.result(worker))).isFalse();
    }
  }

  @Test
  void theDefaultExecutorIsNotTheCommonPoolEither() { // 42
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    CompletableFuture<String> call = onLoop(() -> home.call(() -> ""));
    call.defaultExecutor().execute(() -> ran.complete(Thread.currentThread()));
    assertThat(Patience.result(ran)).isSameAs(loopThread);
    Patience.end(call);
  }

  private static boolean isOfTheCommonPool(Thread thread) {
    return thread instanceof ForkJoinWorkerThread worker
        && worker.getPool() == ForkJoinPool.commonPool();
  }
}
