package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** 20 ★: workers that wait for what needs a worker. */
class BlockedWorkersTest {
  /** More than there are workers. */
  private static final int BODIES = 100;

  private final SyncToAsync blocking = SyncToAsync.concurrent();

  @Test
  void moreBodiesThanThereAreWorkersAllWaitForOneMoreAndAllFinish() {
    AtomicInteger waiting = new AtomicInteger();
    CompletableFuture<Void> allWait = new CompletableFuture<>();
    List<CompletableFuture<Integer>> outer = new ArrayList<>();
    for (int i = 0; i < BODIES; i++) {
      int number = i;
      outer.add(blocking.call(() -> waitForOneMore(number, waiting, allWait)));
    }
    for (int i = 0; i < BODIES; i++) {
      assertThat(Patience.result(outer.get(i))).isEqualTo(i);
    }
  }

  /**
   * Waits for a body that nobody hands in before all wait: it must not take a worker from those
   * still to come.
   */
  private int waitForOneMore(int number, AtomicInteger waiting, CompletableFuture<Void> allWait) {
    return AsyncToSync.create()
        .call(
            () -> {
              if (waiting.incrementAndGet() == BODIES) {
                allWait.complete(null);
              }
              return allWait.thenCompose(ignored -> blocking.call(() -> number));
            });
  }
}
