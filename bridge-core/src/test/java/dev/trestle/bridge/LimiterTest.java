package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.LimiterFullException;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A limiter bounds what runs, not who waits; and nesting never hangs on it. */
class LimiterTest {
  private final Limiter one = Limiter.of("one", 1, 100);
  private final SyncToAsync limited = SyncToAsync.concurrent().limitedBy(one);
  private final AsyncToSync async = AsyncToSync.create();
  private final Gate gate = new Gate();

  private void assertIdle(Limiter limiter) {
    await()
        .untilAsserted(
            () -> {
              Limiter.Statistics now = limiter.statistics();
              assertThat(now.held()).isZero();
              assertThat(now.lent()).isZero();
              assertThat(now.waiting()).isZero();
              assertThat(now.holders()).isEmpty();
            });
  }

  @Test
  void noMoreRunAtOnceThanThereArePermits() {
    Limiter three = Limiter.of("three", 3, 1000);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      calls.add(
          SyncToAsync.concurrent()
              .limitedBy(three)
              .run(
                  () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    running.decrementAndGet();
                  }));
    }
    Patience.result(Stages.all(calls));
    assertThat(most.get()).isBetween(1, 3);
    assertIdle(three);
  }

  @Test
  void theyRunInTheOrderInWhichTheyCame() {
    List<Integer> order = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> first = limited.run(gate::pass);
    gate.awaitReached();
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      calls.add(limited.run(() -> order.add(number)));
    }
    assertThat(one.statistics().waiting()).isEqualTo(20);
    gate.open();
    Patience.result(first);
    Patience.result(Stages.all(calls));
    assertThat(order).isSorted().hasSize(20);
  }

  @Test
  void oneMoreThanMayWaitIsRefusedWithAReason() {
    Limiter small = Limiter.of("db", 1, 1);
    SyncToAsync queries = SyncToAsync.concurrent().limitedBy(small);
    CompletableFuture<Void> runs = queries.run(gate::pass);
    CompletableFuture<Void> waits = queries.run(() -> {});
    assertThat(Patience.failure(queries.run(() -> {})))
        .isInstanceOf(LimiterFullException.class)
        .hasMessage(
            "limiter 'db' took no more: its permits are held and 1 calls wait; call later, or allow"
                + " more to run or to wait");
    assertThat(small.statistics().refused()).isEqualTo(1);
    gate.open();
    Patience.result(runs);
    Patience.result(waits);
    assertIdle(small);
  }

  // 32
  @Test
  void aCallThatIsCancelledInTheLineNeverRunsAndItsPlaceGoesOn() {
    AtomicInteger ran = new AtomicInteger();
    CompletableFuture<Void> runs = limited.run(gate::pass);
    gate.awaitReached();
    CompletableFuture<Integer> cancelled = limited.call(ran::incrementAndGet);
    CompletableFuture<String> next = limited.call(() -> "next");
    cancelled.cancel(true);
    assertThat(one.statistics().waiting()).isEqualTo(1);
    gate.open();
    assertThat(Patience.result(next)).isEqualTo("next");
    Patience.result(runs);
    assertThat(ran).hasValue(0);
    assertIdle(one);
  }

  // 32
  @Test
  void aCallWithAPermitThatIsCancelledBeforeItRunsGivesItOn() {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      SyncToAsync home = SyncToAsync.threadSensitive(scope);
      CompletableFuture<Void> busy = home.run(gate::pass);
      CompletableFuture<String> queued = home.limitedBy(one).call(() -> "never");
      CompletableFuture<String> next = limited.call(() -> "next");
      assertThat(one.statistics().held()).isEqualTo(1);
      assertThat(next).isNotDone();
      queued.cancel(true);
      assertThat(Patience.result(next)).isEqualTo("next");
      gate.open();
      Patience.result(busy);
    }
    assertIdle(one);
  }

  @Test
  void timeInTheLineCounts() {
    CompletableFuture<Void> runs = limited.run(gate::pass);
    gate.awaitReached();
    assertThat(Patience.failure(limited.withTimeout(Duration.ofMillis(30)).call(() -> "late")))
        .isInstanceOf(BridgeTimeoutException.class);
    gate.open();
    Patience.result(runs);
    assertIdle(one);
  }

  // 38
  @Test
  void aBodyThatWasCancelledHoldsItsPermitUntilItEnds() {
    CompletableFuture<Void> detached = limited.run(gate::pass);
    gate.awaitReached();
    detached.cancel(true);
    CompletableFuture<String> next = limited.call(() -> "next");
    assertThat(next).isNotDone();
    assertThat(one.statistics().held()).isEqualTo(1);
    gate.open();
    Patience.result(Calls.ended(detached));
    assertThat(Patience.result(next)).isEqualTo("next");
  }

  // 20 ★
  @Test
  void bodiesOfOneKindMayBeNested() {
    assertThat(Patience.result(limited.call(() -> nested(20)))).isEqualTo(20);
    assertIdle(one);
  }

  private int nested(int depth) {
    return depth == 0 ? 0 : 1 + async.<Integer>call(() -> limited.call(() -> nested(depth - 1)));
  }

  // 20 ★
  @Test
  void childrenOfOneBodyBorrowItsPermitOneAfterTheOther() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Integer sum =
        Patience.result(
            limited.call(
                () ->
                    async.<Integer>call(
                        () -> {
                          List<CompletableFuture<Integer>> children = new ArrayList<>();
                          for (int i = 0; i < 10; i++) {
                            children.add(
                                limited.call(
                                    () -> {
                                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                      running.decrementAndGet();
                                      return 1;
                                    }));
                          }
                          return Stages.all(children).thenApply(List::size);
                        })));
    assertThat(sum).isEqualTo(10);
    assertThat(most).hasValue(1);
    assertIdle(one);
  }

  // 20 ★
  @Test
  void nBodiesThatEachNeedOneMoreFinish() {
    Limiter four = Limiter.of("four", 4, 100);
    SyncToAsync queries = SyncToAsync.concurrent().limitedBy(four);
    List<CompletableFuture<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      calls.add(queries.call(() -> 1 + async.<Integer>call(() -> queries.call(() -> 1))));
    }
    assertThat(Patience.result(Stages.all(calls))).hasSize(16).containsOnly(2);
    assertIdle(four);
  }

  // 20 ★
  @Test
  void aCallThatWasMadeBeforeTheWaitBorrowsThePermit() {
    assertThat(
            Patience.result(
                limited.call(
                    () -> {
                      CompletableFuture<String> before = limited.call(() -> "before");
                      return before.join();
                    })))
        .isEqualTo("before");
    assertIdle(one);
  }

  // 20 ★
  @Test
  void aPermitThatIsHeldByACallQueuedBehindTheWaitIsLent() {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      SyncToAsync home = SyncToAsync.threadSensitive(scope);
      CompletableFuture<CompletableFuture<String>> behind = new CompletableFuture<>();
      CompletableFuture<String> body =
          home.call(
              () -> {
                gate.pass();
                return async.call(() -> limited.call(() -> "borrowed"));
              });
      gate.awaitReached();
      behind.complete(home.limitedBy(one).call(() -> "queued"));
      gate.open();
      assertThat(Patience.result(body)).isEqualTo("borrowed");
      assertThat(Patience.result(Patience.result(behind))).isEqualTo("queued");
    }
    assertIdle(one);
  }

  // 19 ★
  @Test
  void twoLimitersThatAreTakenInOppositeOrderFailOneOfTheTwoWaits() {
    Limiter other = Limiter.of("other", 1, 100);
    SyncToAsync onOther = SyncToAsync.concurrent().limitedBy(other);
    Gate second = new Gate();
    CompletableFuture<Object> oneFirst =
        limited.call(
            () -> {
              gate.pass();
              return async.call(detached(onOther));
            });
    CompletableFuture<Object> otherFirst =
        onOther.call(
            () -> {
              second.pass();
              return async.call(detached(limited));
            });
    gate.awaitReached();
    second.awaitReached();
    gate.open();
    second.open();
    List<Throwable> failures = new ArrayList<>();
    for (CompletableFuture<Object> call : List.of(oneFirst, otherFirst)) {
      Patience.result(call.handle((value, thrown) -> thrown == null || failures.add(thrown)));
    }
    assertThat(failures)
        .singleElement()
        .isInstanceOf(BridgeDeadlockException.class)
        .asString()
        .contains("a permit of limiter 'o");
    assertIdle(one);
    assertIdle(other);
  }

  /** Calls that do not know of each other, so that neither borrows from the other. */
  private static Callable<CompletableFuture<Object>> detached(SyncToAsync blocking) {
    return () -> blocking.call(() -> "through");
  }

  @Test
  void resizedItLetsInMoreOrFewer() {
    Gate second = new Gate();
    CompletableFuture<Void> runs = limited.run(gate::pass);
    CompletableFuture<Void> waits = limited.run(second::pass);
    gate.awaitReached();
    assertThat(second.isReached()).isFalse();
    one.resize(2);
    second.awaitReached();
    one.resize(1);
    CompletableFuture<String> third = limited.call(() -> "third");
    gate.open();
    Patience.result(runs);
    assertThat(third).isNotDone();
    second.open();
    Patience.result(waits);
    assertThat(Patience.result(third)).isEqualTo("third");
    assertThat(one.statistics().permits()).isEqualTo(1);
  }

  @Test
  void statisticsSayWhoHoldsAPermit() {
    CompletableFuture<Void> runs = limited.run(gate::pass);
    String thread = gate.awaitReached().getName();
    assertThat(one.statistics().holders())
        .containsExactly("a call whose body runs on thread '" + thread + "'");
    gate.open();
    Patience.result(runs);
  }

  @Test
  void senselessNumbersAreRefused() {
    assertThatThrownBy(() -> Limiter.of("db", 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limiter 'db' needs 1 permit or more, but is given 0");
    assertThatThrownBy(() -> Limiter.of("db", 1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limiter 'db': maxWaiting must be 0 or more, but is -1");
    assertThatThrownBy(() -> one.resize(0)).isInstanceOf(IllegalArgumentException.class);
  }

  // 20 ★
  @Test
  void aPermitOfACallThatIsQueuedBehindABlockedExecutorIsLentToWhatThatWaitsFor() {
    ExecutorService single = Executors.newSingleThreadExecutor();
    try {
      Limiter one = Limiter.of("one", 1, 10);
      CompletableFuture<CompletableFuture<String>> queued = new CompletableFuture<>();
      CompletableFuture<String> body =
          SyncToAsync.on(single)
              .call(
                  () -> {
                    queued.complete(
                        SyncToAsync.on(single).limitedBy(one).call(() -> "behind the body"));
                    return AsyncToSync.create()
                        .call(() -> SyncToAsync.concurrent().limitedBy(one).call(() -> "borrowed"));
                  });
      assertThat(Patience.result(body)).isEqualTo("borrowed");
      assertThat(Patience.result(Patience.result(queued))).isEqualTo("behind the body");
      assertIdle(one);
    } finally {
      single.shutdown();
    }
  }

  // 23
  @Test
  void aPermitOfABodyThatWasCancelledAndGoesOnIsPartOfAProof() {
    try (ThreadSensitiveExecutor db = ThreadSensitiveExecutor.platform("db")) {
      Limiter one = Limiter.of("one", 1, 10);
      SyncToAsync limited = SyncToAsync.concurrent().limitedBy(one);
      SyncToAsync onDb = SyncToAsync.on(db);
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch busy = new CountDownLatch(1);
      CompletableFuture<String> holder =
          limited.call(
              () -> {
                begun.countDown();
                String told = failureOf(CompletableFuture::new); // as cancelled
                Patience.await(busy);
                return told + failureOf(() -> onDb.call(() -> "behind the body"));
              });
      Patience.await(begun);
      CompletableFuture<Void> ended = Calls.ended(holder);
      holder.cancel(true);
      CompletableFuture<String> body =
          onDb.call(
              () -> {
                busy.countDown();
                return failureOf(() -> limited.call(() -> "never before the holder ends"));
              });
      assertThat(Patience.result(body)).isIn("", "BridgeDeadlockException");
      Patience.result(ended);
    }
  }

  private static String failureOf(Callable<CompletableFuture<String>> task) {
    try {
      return AsyncToSync.create().<String>call(task).substring(0, 0);
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }
}
