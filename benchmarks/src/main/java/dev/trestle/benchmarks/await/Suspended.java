package dev.trestle.benchmarks.await;

import dev.trestle.benchmarks.Since;
import dev.trestle.benchmarks.byhand.HandLoop;
import dev.trestle.benchmarks.byhand.Task;
import dev.trestle.bridge.Tasks;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The loop itself completes the stage, which it can only when nothing else runs on it. */
@State(Scope.Thread)
@OperationsPerInvocation(Suspended.AWAITS)
public class Suspended {
  /** So many in one task that to start it counts little. */
  static final int AWAITS = 1000;

  /** A step that queues the next. */
  @Benchmark
  public int limit(Hand hand) {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    hand.loop.execute(
        new Task() {
          private int sum;

          @Override
          protected void runOnLoop() {
            if (++sum < AWAITS) {
              hand.loop.execute(this);
            } else {
              end.complete(sum);
            }
          }
        });
    return checked(end.join());
  }

  @Benchmark
  public int trestle(Loop loop) {
    return checked(
        loop.thread
            .start(
                () -> {
                  int sum = 0;
                  for (int i = 0; i < AWAITS; i++) {
                    sum = Tasks.await(loop.next(sum + 1));
                  }
                  return sum;
                })
            .join());
  }

  @Benchmark
  @Since(21)
  public int vertxAwait(VertxVirtualThread vertx) {
    return checked(
        vertx.call(
            () -> {
              int sum = 0;
              for (int i = 0; i < AWAITS; i++) {
                sum = vertx.next(sum + 1).await();
              }
              return sum;
            }));
  }

  @Benchmark
  public int thenCompose(Loop loop) {
    return checked(
        loop.chain(
            () -> {
              CompletableFuture<Integer> chain = CompletableFuture.completedFuture(0);
              for (int i = 0; i < AWAITS; i++) {
                chain = chain.thenCompose(sum -> loop.next(sum + 1));
              }
              return chain;
            }));
  }

  private static int checked(int sum) {
    if (sum != AWAITS) {
      throw new AssertionError(sum + " awaits, not " + AWAITS);
    }
    return sum;
  }

  /** A loop by hand. */
  @State(Scope.Thread)
  public static class Hand {
    final HandLoop loop = HandLoop.start();

    @TearDown
    public void close() {
      loop.close();
    }
  }
}
