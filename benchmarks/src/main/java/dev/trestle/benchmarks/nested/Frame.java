package dev.trestle.benchmarks.nested;

import dev.trestle.benchmarks.byhand.Waiting;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A blocked thread and what it has to run meanwhile, by hand: any thread may give it work, which is
 * its own future and its own place in the queue.
 */
final class Frame {
  private final AtomicReference<@Nullable Work> pushed = new AtomicReference<>();
  private final Waiting waiting;

  Frame(Waiting waiting) {
    this.waiting = waiting;
  }

  Work submit(Callable<Integer> body) {
    Work work = new Work(body);
    do {
      work.below = pushed.get();
    } while (!pushed.compareAndSet(work.below, work));
    waiting.wake();
    return work;
  }

  Integer await(Work result) {
    while (true) {
      Integer value = result.value;
      if (value != null) {
        return value;
      }
      Work work = pushed.getAndSet(null);
      if (work == null) {
        waiting.until(() -> pushed.get() != null || result.value != null);
      }
      for (; work != null; work = work.below) {
        work.run();
      }
    }
  }

  static final class Work {
    private final Callable<Integer> body;
    private @Nullable Work below;
    private volatile @Nullable Integer value;

    Work(Callable<Integer> body) {
      this.body = body;
    }

    void run() {
      try {
        value = body.call();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
