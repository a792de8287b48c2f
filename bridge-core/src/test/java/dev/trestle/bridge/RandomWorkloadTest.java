package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.trestle.Patience;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 25: programs that nobody thought of, over three homes. */
@Tag("concurrency")
class RandomWorkloadTest {
  private static final int HOMES = 3;
  private static final int AT_ONCE = 4;
  private static final long SEED = Long.getLong("trestle.test.seed", new Random().nextLong());

  private final AsyncToSync async = AsyncToSync.create();
  private final SyncToAsync concurrent = SyncToAsync.concurrent();

  /** One program: what its bodies do is decided before it starts. */
  private final class Workload {
    private final Random random;
    private final boolean ordered;
    private final List<ThreadSensitiveScope> scopes =
        Stream.generate(ThreadSensitiveScope::open).limit(HOMES).toList();
    private final List<SyncToAsync> homes =
        scopes.stream().map(SyncToAsync::threadSensitive).toList();

    Workload(long seed, boolean ordered) {
      this.random = new Random(seed);
      this.ordered = ordered;
    }

    /** How many of the roots failed for a deadlock. */
    long run() {
      List<CompletableFuture<Integer>> roots = new ArrayList<>();
      List<Callable<CompletableFuture<Integer>>> starts = new ArrayList<>();
      for (int i = 2 + random.nextInt(5); i > 0; i--) {
        int home = random.nextInt(HOMES);
        Callable<Integer> body = body(home, 3);
        starts.add(() -> homes.get(home).call(body));
      }
      starts.forEach(start -> roots.add(made(start)));
      long deadlocks = 0;
      for (CompletableFuture<Integer> root : roots) {
        deadlocks += isDeadlocked(root) ? 1 : 0;
      }
      List<CompletableFuture<Void>> ends =
          scopes.stream().map(ThreadSensitiveScope::closeAsync).toList();
      ends.forEach(Patience::result);
      return deadlocks;
    }

    /** What is done on a home, or below one. */
    private Callable<Integer> body(int held, int depth) {
      List<Callable<Integer>> steps = new ArrayList<>();
      for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
        steps.add(step(held, depth - 1));
      }
      return () -> {
        int sum = 1;
        for (Callable<Integer> step : steps) {
          sum += step.call();
        }
        return sum;
      };
    }

    private Callable<Integer> step(int held, int depth) {
      Callable<CompletableFuture<Integer>> first = call(held, depth);
      Callable<CompletableFuture<Integer>> second = call(held, depth);
      return switch (random.nextInt(6)) {
        case 0 -> () -> async.call(first);
        case 1 -> () -> first.call().join();
        case 2 ->
            () -> {
              CompletableFuture<Integer> before = first.call();
              return async.<Integer>call(second) + async.<Integer>call(() -> before);
            };
        case 3 -> () -> async.call(() -> first.call().thenCombine(second.call(), Integer::sum));
        case 4 -> () -> async.call(() -> first.call().thenCompose(x -> made(second)));
        default ->
            () -> {
              CompletableFuture<Integer> one = first.call();
              CompletableFuture<Integer> two = second.call();
              return two.thenApply(x -> x).join() + one.get();
            };
      };
    }

    private Callable<CompletableFuture<Integer>> call(int held, int depth) {
      if (random.nextInt(4) == 0) {
        Callable<Integer> body = body(held, depth);
        return () -> concurrent.call(body);
      }
      int home = ordered ? held + random.nextInt(HOMES - held) : random.nextInt(HOMES);
      Callable<Integer> body = body(home, depth);
      return () -> homes.get(home).call(body);
    }
  }

  private static <T> T made(Callable<T> made) {
    try {
      return made.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isDeadlocked(CompletableFuture<Integer> root) {
    CompletableFuture<Boolean> deadlocked = new CompletableFuture<>();
    Patience.forward(
        root.handle(
            (sum, thrown) -> {
              for (Throwable t = thrown; t != null; t = t.getCause()) {
                if (t instanceof BridgeDeadlockException) {
                  return true;
                }
              }
              if (thrown != null) {
                throw new AssertionError("neither a result nor a deadlock", thrown);
              }
              return false;
            }),
        deadlocked);
    try {
      return deadlocked.get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return fail("hangs");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Runs so many programs, a few at a time: each waits more than it works. */
  private long deadlocksOf(int count, boolean ordered) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService lanes = Executors.newFixedThreadPool(AT_ONCE);
    try {
      Callable<Long> lane = () -> deadlocksOf(next, count, ordered);
      long deadlocks = 0;
      for (Future<Long> found : lanes.invokeAll(Collections.nCopies(AT_ONCE, lane))) {
        deadlocks += found.get();
      }
      return deadlocks;
    } finally {
      lanes.shutdownNow();
    }
  }

  private long deadlocksOf(AtomicInteger next, int count, boolean ordered) {
    long deadlocks = 0;
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      try {
        deadlocks += new Workload(SEED + i, ordered).run();
      } catch (AssertionError e) {
        throw new AssertionError(
            "workload " + i + " of -Dtrestle.test.seed=" + SEED + (ordered ? ", ordered" : ""), e);
      }
    }
    return deadlocks;
  }

  // 25 ★
  @Test
  @Timeout(300)
  void inAnyOrderEachFinishesOrFailsForADeadlock() throws Exception {
    assertThat(deadlocksOf(920, false)).as("deadlocks, seed %s", SEED).isPositive();
  }

  // 25 ★
  @Test
  @Timeout(300)
  void inAFixedOrderAllFinish() throws Exception {
    assertThat(deadlocksOf(900, true)).as("deadlocks, seed %s", SEED).isZero();
  }
}
