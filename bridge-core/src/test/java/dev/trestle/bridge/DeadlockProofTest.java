package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing hangs: a wait that can never end fails, and says why. */
class DeadlockProofTest {
  private final ThreadSensitiveScope one = ThreadSensitiveScope.open();
  private final ThreadSensitiveScope two = ThreadSensitiveScope.open();
  private final SyncToAsync onOne = SyncToAsync.threadSensitive(one);
  private final SyncToAsync onTwo = SyncToAsync.threadSensitive(two);
  private final AsyncToSync async = AsyncToSync.create();

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  // 19 ★
  @Test
  void twoHomesThatNeedEachOtherFailOneOfTheTwoWaits() {
    CyclicBarrier both = new CyclicBarrier(2);
    CompletableFuture<String> first =
        onOne.call(
            () -> {
              meet(both);
              return async.call(() -> onTwo.call(() -> "first"));
            });
    CompletableFuture<String> second =
        onTwo.call(
            () -> {
              meet(both);
              return async.call(() -> onOne.call(() -> "second"));
            });
    List<Throwable> failures =
        Stream.of(first, second).flatMap(DeadlockProofTest::failures).toList();
    assertThat(failures).singleElement().isInstanceOf(BridgeDeadlockException.class);
  }

  // 19
  @Test
  void homesThatAreTakenInOneOrderNeverFail() {
    for (int i = 0; i < 200; i++) {
      CompletableFuture<Integer> a = onOne.call(() -> async.call(() -> onTwo.call(() -> 1)));
      CompletableFuture<Integer> b = onOne.call(() -> async.call(() -> onTwo.call(() -> 2)));
      assertThat(Patience.result(a) + Patience.result(b)).isEqualTo(3);
    }
  }

  // 19 ★
  @Test
  void bodiesThatJoinEachOtherFailOneOfTheTwoWaits() {
    CompletableFuture<CompletableFuture<String>> secondCall = new CompletableFuture<>();
    CompletableFuture<String> first =
        SyncToAsync.concurrent().call(() -> Patience.result(secondCall).join());
    CompletableFuture<String> second = SyncToAsync.concurrent().call(first::join);
    secondCall.complete(second);
    assertThat(Stream.of(first, second).flatMap(DeadlockProofTest::failures))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f).hasStackTraceContaining("deadlock"));
  }

  // 17 ★
  @Test
  void aPlainJoinOnAFutureThatNeedsThisThreadFinishes() {
    assertThat(
            Patience.result(
                onOne.call(
                    () -> {
                      CompletableFuture<Thread> needsThisThread = onOne.call(Thread::currentThread);
                      return needsThisThread.join() == Thread.currentThread();
                    })))
        .isTrue();
  }

  // 20 ★
  @Test
  void anExecutorOfOneThreadMayBeNestedInItself() {
    ExecutorService single = Executors.newSingleThreadExecutor();
    try {
      SyncToAsync onSingle = SyncToAsync.on(single);
      Integer depth =
          Patience.result(
              onSingle.call(
                  () ->
                      async.<Integer>call(
                          () ->
                              onSingle.call(
                                  () -> async.<Integer>call(() -> onSingle.call(() -> 3))))));
      assertThat(depth).isEqualTo(3);
    } finally {
      single.shutdownNow();
    }
  }

  // 20 ★
  @Test
  void aThreadSensitiveExecutorMayBeNestedInItself() {
    try (ThreadSensitiveExecutor single = ThreadSensitiveExecutor.platform("single")) {
      SyncToAsync onSingle = SyncToAsync.on(single);
      Thread inner =
          Patience.result(
              onSingle.call(() -> async.<Thread>call(() -> onSingle.call(Thread::currentThread))));
      assertThat(inner.getName()).isEqualTo("single");
    }
  }

  // 20
  @Test
  void aWaitWithATimeLimitIsNoProof() {
    CyclicBarrier both = new CyclicBarrier(2);
    CompletableFuture<Throwable> first =
        onOne.call(
            () -> {
              meet(both);
              return catchThrowable(
                  () ->
                      async
                          .withTimeout(Duration.ofMillis(300))
                          .call(() -> onTwo.call(() -> "first")));
            });
    CompletableFuture<String> second =
        onTwo.call(
            () -> {
              meet(both);
              return async.call(() -> onOne.call(() -> "second"));
            });
    assertThat(Patience.result(second)).isEqualTo("second");
    assertThat(Patience.result(first)).hasMessageContaining("PT0.3S");
  }

  // 20
  @Test
  void anEitherOfWhichOneIsStuckIsNoProof() {
    CompletableFuture<CompletableFuture<String>> own = new CompletableFuture<>();
    CompletableFuture<String> open = new CompletableFuture<>();
    CompletableFuture<String> call =
        onOne.call(() -> Patience.result(own).applyToEither(open, value -> value).join());
    own.complete(call);
    awaitLooks();
    open.complete("opened");
    assertThat(Patience.result(call)).isEqualTo("opened");
  }

  // 20
  @Test
  void aWaitForAStageWithATimeOutIsNoProof() {
    CompletableFuture<CompletableFuture<String>> own = new CompletableFuture<>();
    CompletableFuture<String> call =
        onOne.call(
            () ->
                Patience.result(own)
                    .thenApply(value -> value)
                    .completeOnTimeout("in time", 200, TimeUnit.MILLISECONDS)
                    .join());
    own.complete(call);
    assertThat(Patience.result(call)).isEqualTo("in time");
  }

  // 20
  @Test
  void aDependentThatNobodyWaitsForIsNoProof() {
    CyclicBarrier both = new CyclicBarrier(2);
    CompletableFuture<String> first =
        onOne.call(
            () -> {
              meet(both);
              var unused = onTwo.call(() -> "not awaited").thenApply(value -> value);
              return async.call(() -> SyncToAsync.concurrent().call(() -> "first"));
            });
    CompletableFuture<String> second =
        onTwo.call(
            () -> {
              meet(both);
              return async.call(() -> onOne.call(() -> "second"));
            });
    assertThat(Patience.result(first)).isEqualTo("first");
    assertThat(Patience.result(second)).isEqualTo("second");
  }

  // 21 ★
  @Test
  void aWaitOnTopOfAnotherThatItNeedsFails() {
    CompletableFuture<CompletableFuture<String>> outer = new CompletableFuture<>();
    CompletableFuture<String> call =
        onOne.call(
            () -> async.call(() -> onOne.call(() -> Patience.result(outer).join() + " never")));
    outer.complete(call);
    assertThat(Patience.failure(call))
        .isInstanceOf(BridgeDeadlockException.class)
        .hasMessageContaining("waits for");
  }

  /** Long enough that whoever waits has looked for a proof a few times. */
  private static void awaitLooks() {
    await().pollDelay(Duration.ofMillis(150)).until(() -> true);
  }

  private static Stream<Throwable> failures(CompletableFuture<?> call) {
    return Patience.result(
        call.handle((value, thrown) -> thrown == null ? Stream.empty() : Stream.of(thrown)));
  }
}
