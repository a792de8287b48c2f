package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Bystander;
import dev.trestle.Jitter;
import dev.trestle.threadsensitive.BridgeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 24 ★: a loop that closes leaves nobody waiting: each caller has a value or is told. */
@Tag("concurrency")
class CloseAgainstWaitTest {
  private static final int ROUNDS = 500;
  private static final int CALLERS = 3;

  /** Calls until it is told that the loop is closed; returns how often it got a value. */
  private static int callUntilTold(EventLoopThread loop, Jitter jitter) {
    AsyncToSync async = AsyncToSync.on(loop);
    for (int got = 0; ; got++) {
      int number = got;
      try {
        assertThat(async.call(() -> stage(loop, number))).isEqualTo(number);
      } catch (BridgeException e) {
        assertThat(e).hasMessageContaining("event loop 'closing'").hasMessageContaining("closed");
        return number;
      }
      jitter.pause();
    }
  }

  /** Completed at once; by a later task of the loop; by another thread; never. */
  @SuppressWarnings("unfinished-promise") // one in eight is never completed
  private static CompletionStage<Integer> stage(EventLoopThread loop, int number) {
    CompletableFuture<Integer> stage = new CompletableFuture<>();
    switch (number % 8) {
      case 7:
        break;
      case 5:
        return SyncToAsync.concurrent().call(() -> number);
      case 3:
        try {
          loop.execute(() -> stage.complete(number));
        } catch (RejectedExecutionException e) {
          return stage; // never
        }
        break;
      default:
        stage.complete(number);
    }
    return stage;
  }

  @Test
  void everyCallerGetsAValueOrIsTold() {
    for (int round = 0; round < ROUNDS; round++) {
      EventLoopThread loop = EventLoopThread.start("closing");
      Jitter jitter = new Jitter(round);
      List<Bystander<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Jitter own = new Jitter(round * 31L + i);
        callers.add(Bystander.start("caller-" + i, () -> callUntilTold(loop, own)));
      }
      for (int i = round % 32; i >= 0; i--) {
        jitter.pause();
      }
      loop.close();
      for (Bystander<Integer> caller : callers) {
        assertThat(caller.result()).as("round %s", round).isBetween(0, 7);
      }
    }
  }
}
