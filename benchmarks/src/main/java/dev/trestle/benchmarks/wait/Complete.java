package dev.trestle.benchmarks.wait;

import dev.trestle.bridge.AsyncToSync;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The async code has its result already. */
@State(Scope.Thread)
public class Complete {
  private final AsyncToSync async = AsyncToSync.create();
  private final CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);

  @Benchmark
  public int limit() {
    return done.join();
  }

  @Benchmark
  public int trestle() {
    return async.call(() -> done);
  }
}
