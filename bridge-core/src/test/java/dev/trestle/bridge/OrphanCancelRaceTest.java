package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Jitter;
import dev.trestle.Patience;
import dev.trestle.threadsensitive.Calls;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 33: the end of a call races the cancel of the one further out; what is below is never missed. */
@Tag("concurrency")
class OrphanCancelRaceTest {
  private static final int ROUNDS = 3_000;
  private static final SyncToAsync CONCURRENT = SyncToAsync.concurrent();

  private volatile CompletableFuture<Void> innermost;

  private void innermostBody() {
    CountDownLatch told = new CountDownLatch(1);
    Calls.onCancel(told::countDown);
    Patience.await(told);
  }

  private void round(int seed, int middles) {
    Jitter above = new Jitter(seed);
    Jitter below = new Jitter(~seed);
    innermost = null;
    CompletableFuture<Void> never = new CompletableFuture<>();
    CompletableFuture<Void> outer =
        ThreadSensitiveScope.around(
            () -> {
              startBelow(middles, below);
              return never;
            });
    while (innermost == null) {
      Thread.onSpinWait();
    }
    above.pause();
    outer.cancel(true);
    Patience.end(innermost);
    assertThat(innermost).as("round %s", seed).isCancelled();
    Patience.result(Calls.ended(innermost));
  }

  private void startBelow(int middles, Jitter jitter) {
    if (middles == 0) {
      innermost = CONCURRENT.run(this::innermostBody);
    } else {
      var unused =
          CONCURRENT.run(
              () -> {
                startBelow(middles - 1, jitter);
                jitter.pause();
              });
    }
  }

  @Test
  void theInnermostIsCancelledHoweverTheMiddleEnds() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      round(seed, 1);
    }
  }

  @Test
  void theInnermostIsCancelledHoweverSeveralEnd() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      round(seed, 3);
    }
  }
}
