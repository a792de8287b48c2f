package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Jitter;
import dev.trestle.Patience;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is given to a worker that is about to end is never lost. */
@Tag("concurrency")
class WorkerIdleEndRaceTest {
  private static final int ROUNDS = 20_000;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(8);

  @ParameterizedTest
  @ValueSource(longs = {1, 20_000, 60_000})
  void aTaskRunsOnceWhetherItsWorkerWasAboutToEndOrNot(long idleNanos) {
    AtomicInteger made = new AtomicInteger();
    WorkerPool pool =
        new WorkerPool(
            body -> Homes.daemon(body, "worker-" + made.incrementAndGet()), 1, 10, 10, idleNanos);
    AtomicInteger ran = new AtomicInteger();
    Jitter jitter = new Jitter(idleNanos);
    long since = System.nanoTime();
    int rounds = 0;
    while (rounds < ROUNDS && System.nanoTime() - since < MOST_NANOS) {
      rounds++;
      // One at a time: another would bring a worker that takes what was lost.
      BlockingCall<Object> given =
          new BlockingCall<>(ran::incrementAndGet, Workers.DELIVERY, CallOptions.DEFAULT);
      if (rounds % 2 == 0) {
        pool.runTask(given);
      } else {
        pool.runBody(given);
      }
      Patience.end(given);
      jitter.pause();
    }
    assertThat(ran).hasValue(rounds);
    assertThat(made.get()).as("threads made in %s rounds", rounds).isBetween(2, rounds);
  }
}
