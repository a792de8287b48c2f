package dev.trestle.threadsensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at the tasks that wait for longer than a moment, whether what they wait for can ever come:
 * a task has no thread that could look around while it waits.
 */
final class TaskWatch {
  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LAST = TimeUnit.SECONDS.toNanos(1);

  /** Looking takes one part in so many of the time. */
  private static final int SHARE = 50;

  private static final Set<LoopTask<?>> LIVE = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean LOOKING = new AtomicBoolean();

  private TaskWatch() {}

  static void begins(LoopTask<?> task) {
    LIVE.add(task);
    if (!LOOKING.get() && LOOKING.compareAndSet(false, true)) {
      lookAfter(FIRST);
    }
  }

  static void ends(LoopTask<?> task) {
    LIVE.remove(task);
  }

  /** The tasks that have waited for more than a moment. */
  static List<LoopTask<?>> waiting(long now) {
    List<LoopTask<?>> waiting = new ArrayList<>();
    for (LoopTask<?> task : LIVE) {
      if (task.waitOrNull() != null && now - task.since() >= FIRST) {
        waiting.add(task);
      }
    }
    return waiting;
  }

  private static void lookAfter(long pause) {
    var unused = Timers.after(pause, () -> look(pause));
  }

  private static void look(long pause) {
    long begun = System.nanoTime();
    boolean news = false;
    try {
      for (LoopTask<?> task : LIVE) {
        news |= task.lookIfNew(begun, FIRST);
      }
    } finally { // whatever a toString of the user's throws
      LOOKING.set(false);
      if (!LIVE.isEmpty() && LOOKING.compareAndSet(false, true)) {
        long took = System.nanoTime() - begun;
        lookAfter(Math.max(news ? FIRST : Math.min(2 * pause, LAST), SHARE * took));
      }
    }
  }
}
