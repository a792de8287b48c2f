package dev.trestle.bridge;

import static dev.trestle.bridge.Tasks.await;
import static dev.trestle.bridge.Tasks.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeException;
import dev.trestle.threadsensitive.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What stands between two awaits needs no lock. */
@Tag("concurrency")
class AtomicBetweenAwaitsTest {
  private static final int TASKS = 10_000;

  /** Each has a thread while it waits, which is dear before there were virtual ones. */
  private static final int AT_ONCE = Runtime.version().feature() >= 24 ? TASKS : TASKS / 10;

  private final EventLoopThread loop = EventLoopThread.start("atomic");

  /** Written by tasks and callbacks of the loop only, and never locked. */
  private int sum;

  private int inside;

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void tenThousandTasksThatReadWriteAndAwaitLoseNoUpdate() {
    for (int begun = 0; begun < TASKS; begun += AT_ONCE) {
      List<CompletableFuture<Object>> tasks = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        tasks.add(i % 10 == 0 ? startAddingWith(onAWorker()) : startAddingWith(later()));
        if (i % 100 == 0) {
          loop.execute(this::add); // a callback is no different
        }
      }
      assertThat(Patience.result(Stages.all(tasks))).hasSize(AT_ONCE);
    }
    assertThat(sum).isEqualTo(3 * TASKS + TASKS / 100);
  }

  private CompletableFuture<Object> startAddingWith(CompletableFuture<?> stage) {
    return loop.start(
        () -> {
          add();
          sleep(Duration.ZERO);
          add();
          await(stage);
          add();
          return null;
        });
  }

  private static CompletableFuture<?> later() {
    return Stages.after(Duration.ofMillis(1));
  }

  private static CompletableFuture<String> onAWorker() {
    return SyncToAsync.concurrent().call(() -> "done");
  }

  /** Loses an update if anything else of the loop runs in between. */
  private void add() {
    assertThat(inside++).isZero();
    int before = sum;
    for (int i = 0; i < 100; i++) {
      Thread.onSpinWait();
    }
    sum = before + 1;
    inside--;
  }

  @Test
  void aTaskThatIsStartedWhileItsLoopClosesEndsInOneWayOrAnother() {
    for (int i = 0; i < 500; i++) {
      EventLoopThread closing = EventLoopThread.start("closing");
      CompletableFuture<Object> task =
          SyncToAsync.concurrent().call(() -> Started.on(closing)).thenCompose(begun -> begun.task);
      for (int spins = i * 20; spins > 0; spins--) {
        Thread.onSpinWait();
      }
      closing.close();
      assertThat(Patience.failure(task)).hasCauseInstanceOf(BridgeException.class);
    }
  }

  @Test
  void turnsThatAreDueWhenTheLoopClosesAreOneAtATimeToo() {
    for (int i = 0; i < 500; i++) {
      EventLoopThread closing = EventLoopThread.start("closing");
      CompletableFuture<String> stage = new CompletableFuture<>();
      AtomicInteger inside = new AtomicInteger();
      List<CompletableFuture<Integer>> tasks = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        tasks.add(closing.start(() -> afterwards(stage, inside)));
      }
      CountDownLatch allWait = new CountDownLatch(1);
      closing.execute(allWait::countDown);
      Patience.await(allWait);
      CompletableFuture<Boolean> completed =
          SyncToAsync.concurrent().call(() -> stage.complete("done"));
      closing.close();
      Patience.result(completed);
      assertThat(Patience.result(Stages.all(tasks))).containsOnly(1);
    }
  }

  /** How many are in the last turn of their task. */
  private static int afterwards(CompletableFuture<String> stage, AtomicInteger inside) {
    try {
      await(stage);
    } catch (BridgeException | CancellationException e) {
      // The loop was closed, and the first who was told so has cancelled the stage.
    }
    int all = inside.incrementAndGet();
    for (int i = 0; i < 1_000; i++) {
      Thread.onSpinWait();
    }
    inside.decrementAndGet();
    return all;
  }

  private record Started(CompletableFuture<Object> task) {
    static Started on(EventLoop loop) {
      return new Started(loop.start(() -> await(new CompletableFuture<>())));
    }
  }

  @Test
  void aCancelAtAnyMomentLeavesEachTaskEndedAndTheLoopFree() throws Exception {
    long seed = Long.getLong("trestle.test.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    AtomicInteger ended = new AtomicInteger();
    for (int i = 0; i < 2_000; i++) {
      CompletableFuture<Object> stage = new CompletableFuture<>();
      CompletableFuture<Object> task =
          loop.start(
              () -> {
                try {
                  add();
                  await(stage);
                  add();
                  await(onAWorker());
                } finally {
                  add();
                  ended.incrementAndGet();
                }
                return null;
              });
      int order = random.nextInt(4);
      for (int spins = random.nextInt(2_000); spins > 0; spins--) {
        Thread.onSpinWait();
      }
      if (order == 0) {
        stage.complete(null);
      }
      if (order != 1) {
        task.cancel(true);
      }
      stage.complete(null);
      Patience.end(Calls.ended(task));
      assertThat(Loops.compute(loop, () -> inside)).as("seed %s", seed).isZero();
    }
    assertThat(ended.get()).isPositive();
  }
}
