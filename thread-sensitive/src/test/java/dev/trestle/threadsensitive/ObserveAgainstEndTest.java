package dev.trestle.threadsensitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A future ends while somebody begins or ceases to wait for it. */
@Tag("concurrency")
class ObserveAgainstEndTest {
  private static final int ROUNDS = 30_000;

  private static final class Observed {
    final Observers<Integer> all = new Observers<>();
    final AtomicInteger toldFirst = new AtomicInteger();
    final AtomicInteger toldSecond = new AtomicInteger();
    final BiConsumer<Integer, Throwable> first = (value, thrown) -> toldFirst.incrementAndGet();
    final BiConsumer<Integer, Throwable> second = (value, thrown) -> toldSecond.incrementAndGet();

    Observed() {
      all.add(first);
    }

    void addSecond() {
      if (!all.add(second)) {
        second.accept(1, null); // as a future does
      }
    }
  }

  @Test
  void whoBeginsToWaitIsToldOnce() {
    Race.run(
        ROUNDS,
        round -> new Observed(),
        Observed::addSecond,
        raced -> raced.all.tell(1, null),
        raced -> {
          assertThat(raced.toldFirst).hasValue(1);
          assertThat(raced.toldSecond).hasValue(1);
        });
  }

  @Test
  void whoCeasesToWaitIsToldAtMostOnceAndTheOthersAre() {
    Race.run(
        ROUNDS,
        round -> {
          Observed raced = new Observed();
          raced.addSecond();
          return raced;
        },
        raced -> raced.all.remove(raced.first),
        raced -> raced.all.tell(1, null),
        raced -> {
          assertThat(raced.toldFirst.get()).isLessThanOrEqualTo(1);
          assertThat(raced.toldSecond).hasValue(1);
        });
  }
}
