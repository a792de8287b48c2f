package dev.trestle.benchmarks.graph;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.Limiter;
import dev.trestle.bridge.SyncToAsync;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Blocking code calls async code, which has a body run on the very thread that is blocked. */
@State(Scope.Thread)
@OperationsPerInvocation(Nested.CALLS)
public class Nested {
  static final int CALLS = 1000;

  private final AsyncToSync async = AsyncToSync.create();
  private final AsyncToSync timed = async.withTimeout(Duration.ofMinutes(1));
  private final SyncToAsync blocking = SyncToAsync.threadSensitive();
  private final SyncToAsync limited = blocking.limitedBy(Limiter.of("graph", 10, 200));
  private final Callable<Thread> body = Thread::currentThread;

  @Benchmark
  public int limit() {
    return calls(async, blocking);
  }

  @Benchmark
  public int trestleInCall() {
    return async.call(() -> blocking.call(() -> calls(async, blocking)));
  }

  @Benchmark
  public int trestleLimiter() {
    return calls(async, limited);
  }

  @Benchmark
  public int trestleDeadline() {
    return calls(timed, blocking);
  }

  @Benchmark
  public int trestleAll() {
    return async.call(() -> blocking.call(() -> calls(timed, limited)));
  }

  @SuppressWarnings("sequential-await") // one after the other is what is measured
  private int calls(AsyncToSync outer, SyncToAsync inner) {
    Thread caller = Thread.currentThread();
    int back = 0;
    for (int i = 0; i < CALLS; i++) {
      if (outer.call(() -> inner.call(body)) == caller) {
        back++;
      }
    }
    if (back != CALLS) {
      throw new AssertionError(back + " came back, not " + CALLS);
    }
    return back;
  }
}
