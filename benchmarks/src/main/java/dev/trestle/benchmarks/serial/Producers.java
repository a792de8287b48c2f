package dev.trestle.benchmarks.serial;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Threads that hand out tasks at once, the benchmark's own and others that begin with it. All of a
 * round's tasks are the same object, so that what is allocated is the contender's.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls begin first
public abstract class Producers {
  /** The tasks of one round, all producers together. */
  static final int TASKS = 20_000;

  @Param({"1", "2", "4"})
  public int producers;

  private final Semaphore allRan = new Semaphore(0);
  private final List<Thread> others = new ArrayList<>();
  private CyclicBarrier barrier;

  /** What a producer does, given its number; guarded by the barrier. */
  private IntConsumer share;

  /** How many tasks ran: counted by them, so that two at once do not add up. */
  private int ran;

  @Setup
  public void begin() {
    barrier = new CyclicBarrier(producers);
    for (int i = 1; i < producers; i++) {
      int number = i;
      Thread other = new Thread(() -> serve(number), "producer-" + number);
      other.setDaemon(true);
      other.start();
      others.add(other);
    }
  }

  @TearDown
  public void end() {
    others.forEach(Thread::interrupt);
  }

  private void serve(int number) {
    try {
      while (true) {
        barrier.await();
        share.accept(number);
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      Thread.currentThread().interrupt(); // the end
    }
  }

  /** The task of a round. */
  final void ran() {
    if (++ran == TASKS) {
      ran = 0;
      allRan.release();
    }
  }

  /** Every producer puts its share of the tasks; returns when all have run. */
  final void putAll(Consumer<Runnable> put) throws Exception {
    Runnable task = this::ran;
    round(
        number -> {
          for (int i = TASKS / producers; i > 0; i--) {
            put.accept(task);
          }
        });
  }

  /** Every producer does its share, which puts tasks; returns when all have run. */
  final void round(IntConsumer each) throws Exception {
    share = each;
    barrier.await();
    each.accept(0);
    if (!allRan.tryAcquire(1, TimeUnit.MINUTES)) {
      throw new AssertionError("tasks are missing, or ran at the same time as others");
    }
  }
}
