package dev.trestle.threadsensitive;

import dev.trestle.Bystander;
import dev.trestle.Jitter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Two threads do something to one state at the same moment, again and again. */
final class Race {
  /** On a busy machine a round may take as long as a slice of its time. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(8);

  private Race() {}

  /**
   * Runs the rounds, or as many of them as there is time for.
   *
   * @param start makes the state of a round
   * @param here what the current thread does
   * @param there what the other does
   * @param check looks at what came out
   */
  static <S> void run(
      int rounds, IntFunction<S> start, Consumer<S> here, Consumer<S> there, Consumer<S> check) {
    AtomicReference<S> state = new AtomicReference<>();
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    Bystander<Void> other =
        Bystander.run(
            "other",
            () -> {
              Jitter jitter = new Jitter(1);
              for (int round = 1; await(begun, round) == round; round++) {
                jitter.pause();
                there.accept(state.get());
                ended.set(round);
              }
            });
    Jitter jitter = new Jitter(2);
    long since = System.nanoTime();
    try {
      for (int round = 1; round <= rounds && System.nanoTime() - since < MOST_NANOS; round++) {
        S raced = start.apply(round);
        state.set(raced);
        begun.set(round);
        jitter.pause();
        here.accept(raced);
        while (ended.get() != round && other.thread().isAlive()) {
          Thread.yield(); // the other one may need this processor
        }
        check.accept(raced);
      }
    } finally {
      begun.set(-1);
    }
    other.result();
  }

  /** Waits until the round has begun; returns another number when there are no more. */
  private static int await(AtomicInteger begun, int round) {
    int now = begun.get();
    while (now != round && now != -1) {
      Thread.yield();
      now = begun.get();
    }
    return now;
  }
}
