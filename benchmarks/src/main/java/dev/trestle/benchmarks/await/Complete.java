package dev.trestle.benchmarks.await;

import dev.trestle.benchmarks.Since;
import dev.trestle.bridge.Tasks;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The stage is complete already. */
@State(Scope.Thread)
@OperationsPerInvocation(Complete.AWAITS)
public class Complete {
  /** So many in one task that to start it does not count. */
  static final int AWAITS = 100_000;

  /** So that none is known by heart. */
  private static final int STAGES = 16;

  private final List<CompletableFuture<Integer>> done =
      Stream.generate(() -> CompletableFuture.completedFuture(1)).limit(STAGES).toList();
  private final List<Future<Integer>> vertxDone =
      Stream.generate(() -> Future.succeededFuture(1)).limit(STAGES).toList();

  @Benchmark
  public int limit() {
    int sum = 0;
    for (int i = 0; i < AWAITS; i++) {
      sum += done.get(i % STAGES).join();
    }
    return checked(sum);
  }

  @Benchmark
  public int trestle(Loop loop) {
    return checked(
        loop.thread
            .start(
                () -> {
                  int sum = 0;
                  for (int i = 0; i < AWAITS; i++) {
                    sum += Tasks.await(done.get(i % STAGES));
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
                sum += vertxDone.get(i % STAGES).await();
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
                CompletableFuture<Integer> stage = done.get(i % STAGES);
                chain = chain.thenCompose(sum -> stage.thenApply(value -> sum + value));
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
}
