package dev.trestle.bridge;

import static dev.trestle.bridge.Tasks.await;
import static dev.trestle.bridge.Tasks.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.BridgeInterruptedException;
import dev.trestle.threadsensitive.BridgeTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One line for blocking and async holders. */
class AsyncLockTest {
  private final EventLoopThread loop = EventLoopThread.start("locks");
  private final AsyncLock lock = AsyncLock.named("accounts");

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void tasksAndBlockingBodiesHoldItOneAtATimeAlsoAcrossTheirWaits() {
    int[] inside = {0};
    int[] times = {0};
    List<CompletableFuture<Object>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(loop.start(() -> enter(inside, times)));
      all.add(SyncToAsync.concurrent().call(() -> enter(inside, times)));
    }
    Patience.result(Stages.all(all));
    assertThat(times[0]).isEqualTo(400);
  }

  private Object enter(int[] inside, int[] times) {
    try (Hold hold = await(lock.acquire())) {
      assertThat(hold).hasToString("a hold of lock 'accounts'");
      assertThat(inside[0]++).isZero();
      sleep(Duration.ofNanos(1));
      times[0]++;
      inside[0]--;
    }
    return "out";
  }

  @Test
  void aHundredThousandMayPassItOnInPlace() throws Exception {
    int most = 100_000;
    int[] times = {0};
    CompletableFuture<String> end = new CompletableFuture<>();
    Loops.compute(
        loop,
        () -> {
          Hold first = lock.tryAcquire().orElseThrow();
          for (int i = 0; i < most; i++) {
            CompletableFuture<Hold> next = lock.acquire();
            CompletableFuture<Void> foreign = CompletableFuture.allOf(next); // knows no delivery
            var unused =
                foreign.thenRun(
                    () -> {
                      times[0]++;
                      next.join().close();
                      if (times[0] == most) {
                        end.complete("all");
                      }
                    });
          }
          first.close();
          return "passed on";
        });
    assertThat(Patience.result(end)).isEqualTo("all");
    assertThat(lock.tryAcquire()).isPresent();
  }

  @Test
  void whoAsksFirstHoldsItFirstWhicheverColour() {
    List<String> order = new ArrayList<>();
    Hold mine = await(lock.acquire());
    List<CompletableFuture<Hold>> asked = new ArrayList<>();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = String.valueOf(i);
      CompletableFuture<Hold> next = lock.acquire();
      asked.add(next);
      ends.add(
          next.thenAccept(
              hold -> {
                order.add(name);
                hold.close();
              }));
    }
    mine.close();
    Patience.result(Stages.all(ends));
    assertThat(order).hasSize(20).isSortedAccordingTo((a, b) -> Integer.compare(i(a), i(b)));
    assertThat(asked).allMatch(CompletableFuture::isDone);
  }

  private static int i(String number) {
    return Integer.parseInt(number);
  }

  @Test
  void tryAcquireDoesNotPassThoseWhoWait() {
    Hold first = lock.tryAcquire().orElseThrow();
    assertThat(lock.tryAcquire()).isEmpty();
    CompletableFuture<Hold> second = lock.acquire();
    first.close();
    assertThat(lock.tryAcquire()).isEmpty();
    Patience.result(second).close();
    lock.tryAcquire().orElseThrow().close();
  }

  @Test
  void aPlaceInTheLineThatIsCancelledIsGivenUp() {
    Hold first = await(lock.acquire());
    CompletableFuture<Hold> second = lock.acquire();
    CompletableFuture<Hold> third = lock.acquire();
    second.cancel(true);
    first.close();
    Patience.result(third).close();
    assertThat(lock.tryAcquire()).isPresent();
  }

  @Test
  void aWaitThatTimesOutOrIsInterruptedLeavesTheLineAndTheLockAsTheyWere() {
    Hold first = await(lock.acquire());
    assertThatThrownBy(
            () ->
                AsyncToSync.create().withTimeout(Duration.ofMillis(20)).call(() -> lock.acquire()))
        .isInstanceOf(BridgeTimeoutException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> await(lock.acquire())).isInstanceOf(BridgeInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    first.close();
    assertThat(lock.tryAcquire()).isPresent();
  }

  @Test
  void closingAHoldAgainDoesNothing() {
    Hold first = await(lock.acquire());
    first.close();
    Hold second = await(lock.acquire());
    first.close();
    assertThat(lock.tryAcquire()).isEmpty();
    second.close();
  }

  @Test
  void aHolderThatEndsWithoutClosingBreaksItForAllWhoWaitAndCome() {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<String> leaking =
        SyncToAsync.concurrent()
            .call(
                () -> {
                  Hold leaked = await(lock.acquire());
                  held.countDown();
                  Patience.await(end);
                  return leaked.toString();
                });
    Patience.await(held);
    CompletableFuture<Hold> waits = lock.acquire();
    end.countDown();
    assertThat(Patience.result(leaking)).isEqualTo("a hold of lock 'accounts'");
    String message =
        "lock 'accounts' is broken: a call ended without closing its hold; close each one, best"
            + " with try-with-resources";
    assertThat(Patience.failure(waits)).isInstanceOf(BridgeException.class).hasMessage(message);
    assertThat(Patience.failure(lock.acquire())).hasMessage(message);
    assertThatThrownBy(lock::tryAcquire).isInstanceOf(BridgeException.class).hasMessage(message);
  }

  @Test
  void aTaskThatFailsWithAHoldBreaksItToo() {
    CompletableFuture<Object> task =
        loop.start(
            () -> {
              throw new IllegalStateException(await(lock.acquire()).toString());
            });
    assertThat(Patience.failure(task)).isInstanceOf(IllegalStateException.class);
    assertThat(Patience.failure(lock.acquire())).hasMessageContaining("is broken");
  }

  @Test
  void anAwaitThatIsRefusedOnALoopTakesNothing() throws Exception {
    assertThat(Loops.compute(loop, () -> catchThrowable(() -> await(lock.acquire()))))
        .isInstanceOf(BridgeDeadlockException.class);
    Hold mine = lock.tryAcquire().orElseThrow();
    assertThat(Loops.compute(loop, () -> catchThrowable(() -> await(lock.acquire()))))
        .isInstanceOf(BridgeDeadlockException.class);
    mine.close();
    assertThat(lock.tryAcquire()).isPresent();
  }

  @Test
  void aHoldThatACallbackGotOutlivesTheBodyThatAskedForIt() {
    CompletableFuture<Hold> held = new CompletableFuture<>();
    Hold mine = await(lock.acquire());
    Patience.result(
        SyncToAsync.concurrent()
            .run(
                () -> {
                  var unused = lock.acquire().thenAccept(held::complete);
                }));
    mine.close();
    Patience.result(held).close();
    assertThat(lock.tryAcquire()).isPresent();
  }

  @Test
  void whoWaitsForWhatACallbackDoesWithAHoldIsNoDeadlock() {
    Hold mine = await(lock.acquire());
    CompletableFuture<Hold> second = lock.acquire();
    CompletableFuture<Void> third = lock.acquire().thenAccept(Hold::close);
    CompletableFuture<Void> later =
        second.thenCompose(hold -> Stages.after(Duration.ofMillis(100)).thenRun(hold::close));
    mine.close();
    await(third); // needs what this thread asked for, and a callback closes
    Patience.result(later);
  }

  @Test
  void aHoldThatBlockingCodeGetsThroughAsyncToSyncIsItsOwn() {
    Hold hold = AsyncToSync.create().call(() -> lock.acquire());
    assertThat(lock.tryAcquire()).isEmpty();
    hold.close();
    assertThat(lock.tryAcquire()).isPresent();
  }

  @Test
  void askingAgainWhileHoldingItIsAProvedDeadlock() {
    CompletableFuture<Throwable> task =
        loop.start(
            () -> {
              try (Hold hold = await(lock.acquire())) {
                assertThat(hold).isNotNull();
                return catchThrowable(() -> await(lock.acquire()));
              }
            });
    assertThat(Patience.result(task))
        .isInstanceOf(BridgeDeadlockException.class)
        .hasMessageContaining(" waits for lock 'accounts', held by a task of event loop 'locks'");
    assertThat(lock.tryAcquire()).isPresent();
  }

  @Test
  void aThreadOutsideOfAnyCallMayWaitForWhatOtherCodeGivesBack() {
    Hold mine = await(lock.acquire());
    CompletableFuture<Void> later = Stages.after(Duration.ofMillis(100)).thenRun(mine::close);
    await(lock.acquire()).close();
    Patience.result(later);
  }

  @Test
  void aHoldThatATaskHandsOnMayBeClosedByOtherCode() {
    CompletableFuture<Void> task =
        loop.start(
            () -> {
              Hold mine = await(lock.acquire()).handOn();
              var unused = Stages.after(Duration.ofMillis(100)).thenRun(mine::close);
              await(lock.acquire()).handOn().close();
            });
    Patience.result(task);
    assertThat(lock.tryAcquire()).isPresent();
  }

  @Test
  void aTaskAndABodyThatTakeTwoLocksInOppositeOrderAreAProvedDeadlock() {
    AsyncLock other = AsyncLock.named("orders");
    CountDownLatch both = new CountDownLatch(2);
    CompletableFuture<Void> bothHold = new CompletableFuture<>();
    CompletableFuture<String> task = loop.start(() -> takeBoth(lock, other, both, bothHold));
    CompletableFuture<String> body =
        SyncToAsync.concurrent().call(() -> takeBoth(other, lock, both, bothHold));
    List<String> seen = List.of(Patience.result(task), Patience.result(body));
    assertThat(seen).contains("both");
    assertThat(seen.get(seen.get(0).equals("both") ? 1 : 0))
        .contains(
            "lock 'accounts', held by a task of event loop 'locks'",
            "lock 'orders', held by thread 'trestle-worker-");
    assertThat(lock.tryAcquire()).isPresent();
    assertThat(other.tryAcquire()).isPresent();
  }

  private static String takeBoth(
      AsyncLock first, AsyncLock second, CountDownLatch both, CompletableFuture<Void> bothHold) {
    try (Hold one = await(first.acquire())) {
      assertThat(one).isNotNull();
      both.countDown();
      if (both.getCount() == 0) {
        bothHold.complete(null);
      }
      await(bothHold);
      try (Hold two = await(second.acquire())) {
        assertThat(two).isNotNull();
        return "both";
      } catch (BridgeDeadlockException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  @Test
  void aSemaphoreAdmitsAsManyAsItHasPermits() {
    AsyncSemaphore seats = AsyncSemaphore.of("seats", 2);
    Hold first = await(seats.acquire());
    Hold second = await(seats.acquire());
    CompletableFuture<Hold> third = seats.acquire();
    assertThat(third).isNotDone();
    second.close();
    Patience.result(third).close();
    first.close();
    assertThat(seats.tryAcquire()).isPresent();
    assertThat(seats.tryAcquire()).isPresent();
    assertThat(seats.tryAcquire()).isEmpty();
  }

  @Test
  void aSemaphoreWithoutPermitsIsRefused() {
    assertThatThrownBy(() -> AsyncSemaphore.of("seats", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("semaphore 'seats' needs 1 permit or more, but is given 0");
  }
}
