package dev.trestle.bridge;

import static dev.trestle.bridge.Tasks.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is given against what is given up: nothing is lost and nothing is there twice. */
@Tag("concurrency")
class ChannelStressTest {
  private static final int ITEMS = 2_000;

  private final EventLoopThread loop = EventLoopThread.start("stress");

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void eachItemIsReceivedOnceWhoeverIsCancelledMeanwhile() {
    long seed = Long.getLong("trestle.test.seed", System.nanoTime());
    Channel<Integer> channel = Channel.bounded("stress", 4);
    Set<Integer> received = ConcurrentHashMap.newKeySet();
    CompletableFuture<Object> sender =
        loop.start(
            () -> {
              for (int i = 0; i < ITEMS; i++) {
                await(channel.async().send(i));
              }
              channel.close();
              return null;
            });
    List<CompletableFuture<Object>> receivers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      receivers.add(
          SyncToAsync.concurrent()
              .call(() -> receiveAll(channel, received, new SplittableRandom(seed))));
    }
    Patience.result(sender);
    Patience.result(Stages.all(receivers));
    assertThat(received).as("seed %s", seed).hasSize(ITEMS);
  }

  /** Receives until there is nothing more, and gives up every other try at some moment. */
  private static Object receiveAll(
      Channel<Integer> channel, Set<Integer> received, SplittableRandom random) {
    while (true) {
      CompletableFuture<Integer> next = channel.async().receive();
      if (random.nextBoolean()) {
        for (int spins = random.nextInt(500); spins > 0; spins--) {
          Thread.onSpinWait();
        }
        if (next.cancel(true)) {
          continue;
        }
      }
      try {
        assertThat(received.add(await(next))).isTrue();
      } catch (ChannelClosedException e) {
        return "closed";
      }
    }
  }

  @Test
  void aLockIsNeitherLostNorHeldTwiceWhoeverIsCancelledMeanwhile() {
    long seed = Long.getLong("trestle.test.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    AsyncLock lock = AsyncLock.named("stress");
    AtomicInteger inside = new AtomicInteger();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      CompletableFuture<Object> task =
          i % 2 == 0
              ? loop.start(() -> enter(lock, inside))
              : SyncToAsync.concurrent().call(() -> enter(lock, inside));
      ends.add(Calls.ended(task));
      for (int spins = random.nextInt(1_000); spins > 0; spins--) {
        Thread.onSpinWait();
      }
      if (random.nextInt(3) == 0) {
        task.cancel(true);
      }
    }
    Patience.result(Stages.all(ends));
    Patience.result(lock.acquire()).close();
    assertThat(inside.get()).as("seed %s", seed).isZero();
  }

  private static Object enter(AsyncLock lock, AtomicInteger inside) {
    try (Hold hold = await(lock.acquire())) {
      assertThat(hold).isNotNull();
      assertThat(inside.incrementAndGet()).isEqualTo(1);
      Thread.onSpinWait();
      inside.decrementAndGet();
    }
    return "out";
  }
}
