package dev.trestle.benchmarks.wait;

import dev.trestle.benchmarks.byhand.HandLoop;
import dev.trestle.benchmarks.byhand.Task;
import dev.trestle.benchmarks.byhand.Waiting;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A request and its answer in one object, which the waiting thread uses again and again. */
final class Answer extends Task {
  private final Waiting waiting = new Waiting(Thread.currentThread());
  private final BooleanSupplier there = this::isThere;
  private volatile @Nullable Integer value;

  Integer from(HandLoop loop) {
    value = null;
    loop.execute(this);
    while (true) {
      waiting.until(there);
      Integer it = value;
      if (it != null) {
        return it;
      }
    }
  }

  private boolean isThere() {
    return value != null;
  }

  @Override
  protected void runOnLoop() {
    value = 1;
    waiting.wake();
  }
}
