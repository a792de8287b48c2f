package dev.trestle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Visited by tasks that must run one at a time, in the order in which each producer made them. */
public final class SerialProbe {
  private final AtomicReference<Thread> inside = new AtomicReference<>();
  private final AtomicInteger overlaps = new AtomicInteger();
  private final AtomicInteger disorders = new AtomicInteger();
  private final AtomicInteger visits = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  // Plain fields on purpose: a missing happens-before between tasks may show as disorder.
  private final int[] last;

  public SerialProbe(int producers) {
    last = new int[producers];
    Arrays.fill(last, -1);
  }

  /** Notes that the task with this number of this producer runs now. */
  public void visit(int producer, int number) {
    Thread thread = Thread.currentThread();
    if (!inside.compareAndSet(null, thread)) {
      overlaps.incrementAndGet();
    }
    if (number != last[producer] + 1) {
      disorders.incrementAndGet();
    }
    last[producer] = number;
    threads.add(thread);
    visits.incrementAndGet();
    Thread.onSpinWait();
    inside.compareAndSet(thread, null);
  }

  public int visits() {
    return visits.get();
  }

  public Set<Thread> threads() {
    return threads;
  }

  public void assertOneAtATime() {
    assertThat(overlaps).as("tasks that overlapped").hasValue(0);
  }

  public void assertInOrder() {
    assertThat(disorders).as("tasks out of their producer's order").hasValue(0);
  }
}
