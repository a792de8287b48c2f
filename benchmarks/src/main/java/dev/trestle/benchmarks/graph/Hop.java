package dev.trestle.benchmarks.graph;

import dev.trestle.bridge.EventLoopThread;
import dev.trestle.bridge.Limiter;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From a loop to a body on a worker, and back. */
@State(Scope.Thread)
@OperationsPerInvocation(Hop.HOPS)
public class Hop {
  static final int HOPS = 1024;

  private final EventLoopThread loop = EventLoopThread.start("graph");
  private final Limiter limiter = Limiter.of("graph", 10, 200);
  private final SyncToAsync bare = SyncToAsync.concurrent();
  private final SyncToAsync limited = bare.limitedBy(limiter);
  private final SyncToAsync timed = bare.withTimeout(Duration.ofMinutes(1));
  private final SyncToAsync both = limited.withTimeout(Duration.ofMinutes(1));

  @Benchmark
  public int limit() {
    return travel(bare, false);
  }

  @Benchmark
  public int trestleInCall() {
    return travel(bare, true);
  }

  @Benchmark
  public int trestleLimiter() {
    return travel(limited, false);
  }

  @Benchmark
  public int trestleDeadline() {
    return travel(timed, false);
  }

  @Benchmark
  public int trestleAll() {
    return travel(both, true);
  }

  @TearDown
  public void close() {
    loop.close();
  }

  private int travel(SyncToAsync blocking, boolean inCall) {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    loop.execute(
        () -> {
          if (inCall) {
            var unused =
                ThreadSensitiveScope.around(
                    () -> {
                      hop(blocking, 0, end);
                      return end;
                    });
          } else {
            hop(blocking, 0, end);
          }
        });
    int hops = end.join();
    if (hops != HOPS) {
      throw new AssertionError(hops + " hops, not " + HOPS);
    }
    return hops;
  }

  private void hop(SyncToAsync blocking, Integer before, CompletableFuture<Integer> end) {
    blocking.call(
        () -> before + 1,
        (value, failure) -> {
          if (failure != null) {
            end.completeExceptionally(failure);
          } else if (loop.isCurrent() && value < HOPS) {
            hop(blocking, value, end);
          } else {
            end.complete(value);
          }
        });
  }
}
