package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.BareExecutor;
import dev.trestle.Jitter;
import dev.trestle.Patience;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two threads do the same to one call at the same moment: it is done once. */
@Tag("concurrency")
class OneCallTwoThreadsTest {
  private static final int ROUNDS = 3_000;

  private final BareExecutor first = new BareExecutor();
  private final BareExecutor second = new BareExecutor();

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  /** They start together; in every other round one of them is a little late. */
  private void onBoth(int round, Runnable action) {
    CountDownLatch met = new CountDownLatch(2);
    CountDownLatch done = new CountDownLatch(2);
    for (BareExecutor executor : List.of(first, second)) {
      Jitter jitter = new Jitter(round);
      executor.execute(
          () -> {
            met.countDown();
            while (met.getCount() > 0) {
              Thread.yield(); // the other one may need this processor
            }
            if (round % 2 == 1 && executor == second) {
              jitter.pause();
            }
            action.run();
            done.countDown();
          });
    }
    Patience.await(done);
  }

  @Test
  void anExecutorThatRunsACallTwiceRunsItsBodyOnce() {
    AtomicInteger runs = new AtomicInteger();
    for (int round = 0; round < ROUNDS; round++) {
      BlockingCall<Integer> call =
          new BlockingCall<>(runs::incrementAndGet, null, CallOptions.DEFAULT);
      onBoth(round, call);
      assertThat(Patience.result(call)).isEqualTo(round + 1);
      assertThat(runs).hasValue(round + 1);
    }
  }

  @Test
  void aCallerThatTwoThreadsMakeKnownToItsParentIsKnownOnceAndLeavesNothing() {
    for (int round = 0; round < ROUNDS; round++) {
      int number = round;
      BlockingCall<String> parent =
          new BlockingCall<>(() -> beginOnBoth(number), null, CallOptions.DEFAULT);
      parent.run();
      assertThat(Patience.result(parent)).as("round %s", round).isEqualTo("known, then unknown");
    }
  }

  /** Runs in a body, which is the parent of the frame. */
  private String beginOnBoth(int round) {
    CallerFrame<String> frame =
        new CallerFrame<>(null, caller -> new CallerLoop(caller) {}, CallOptions.DEFAULT);
    CallNode<?> parent = BlockingCall.onThread();
    assertThat(parent.isNeededBelow()).isFalse();
    onBoth(round, frame::begin);
    String before = parent.isNeededBelow() ? "known" : "unknown";
    try {
      frame.call(() -> CompletableFuture.completedFuture("done"));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    return before + ", then " + (parent.isNeededBelow() ? "known" : "unknown");
  }
}
