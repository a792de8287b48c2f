package dev.trestle.benchmarks.hop;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** One way to get from a loop to a blocking body and back. */
@State(Scope.Benchmark)
public abstract class Route {
  /** How many threads a pool has that is not its library's own: as many as Vert.x's. */
  static final int THREADS = 20;

  /** Of {@link Blackhole#consumeCPU}: about 10 µs. */
  private static final int TOKENS = 5_000;

  private static final int MOST_CHAINS = 64;

  private static final long TIME_LIMIT = TimeUnit.SECONDS.toNanos(20);

  @Param({"empty", "10us"})
  public String work = "empty";

  /** What each hop runs. */
  Callable<Integer> body = () -> 1;

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger sum = new AtomicInteger();
  private Chain[] chains = {};
  private int starting;
  private int hops;
  private volatile @Nullable Thread endedOn;
  private volatile @Nullable Thread waiting;

  /** Starts the loop, and what runs bodies. */
  abstract void open() throws Exception;

  abstract void close() throws Exception;

  /** Runs something on the loop. */
  abstract void onLoop(Runnable task);

  /** Called on the loop: runs the body elsewhere, then calls the chain with its value there. */
  abstract void hop(Chain chain);

  @Setup
  public final void setUp() throws Exception {
    open();
    chains = Stream.generate(() -> new Chain(this)).limit(MOST_CHAINS).toArray(Chain[]::new);
    check();
    if (work.equals("10us")) {
      body =
          () -> {
            Blackhole.consumeCPU(TOKENS);
            return 1;
          };
    }
  }

  @TearDown
  public final void tearDown() throws Exception {
    close();
  }

  private void check() throws Exception {
    Callable<Integer> empty = body;
    Set<Thread> ran = ConcurrentHashMap.newKeySet();
    body =
        () -> {
          ran.add(Thread.currentThread());
          return empty.call();
        };
    Thread[] loop = new Thread[1];
    onLoop(() -> loop[0] = Thread.currentThread());
    travel(1, 10);
    body = empty;
    if (endedOn != loop[0] || ran.isEmpty() || ran.contains(loop[0])) {
      throw new IllegalStateException(
          "on the loop's thread " + loop[0] + ": arrived on " + endedOn + ", bodies ran on " + ran);
    }
  }

  /** Makes so many chains with so many hops each, and waits until all have ended. */
  final int travel(int chainsOf, int hopsOfEach) {
    starting = chainsOf;
    hops = hopsOfEach;
    sum.set(0);
    running.set(chainsOf);
    waiting = Thread.currentThread();
    onLoop(this::begin);
    long deadline = System.nanoTime() + TIME_LIMIT;
    while (running.get() > 0) {
      LockSupport.parkNanos(this, TIME_LIMIT);
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(running + " of " + chainsOf + " chains never ended");
      }
    }
    if (sum.get() != chainsOf * hopsOfEach) {
      throw new IllegalStateException(sum + " of " + chainsOf * hopsOfEach + " hops arrived");
    }
    return sum.get();
  }

  private void begin() {
    for (int i = 0; i < starting; i++) {
      chains[i].begin(hops);
    }
  }

  final void ended(int arrived) {
    sum.addAndGet(arrived);
    endedOn = Thread.currentThread();
    if (running.decrementAndGet() == 0) {
      LockSupport.unpark(waiting);
    }
  }

  final Integer runBody() {
    try {
      return body.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
