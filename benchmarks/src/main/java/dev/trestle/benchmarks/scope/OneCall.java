package dev.trestle.benchmarks.scope;

import dev.trestle.bridge.SyncToAsync;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A scope with one call in it; the limit is the call alone, in a scope that stays open. */
@State(Scope.Thread)
public class OneCall {
  private static final Callable<Thread> BODY = Thread::currentThread;

  @Benchmark
  public Thread limitCallInOpenScope(Open open) {
    return open.calls.call(BODY).join();
  }

  @Benchmark
  public Thread trestleOpenCallClose() {
    try (ThreadSensitiveScope scope = ThreadSensitiveScope.open()) {
      return SyncToAsync.threadSensitive(scope).call(BODY).join();
    }
  }

  @Benchmark
  public Thread trestleAround() {
    return ThreadSensitiveScope.around(() -> SyncToAsync.threadSensitive().call(BODY)).join();
  }

  /** As asgiref does it. */
  @Benchmark
  public Thread newSingleThreadExecutor() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return thread.submit(BODY).get();
    } finally {
      thread.shutdown();
      thread.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  /** A scope that is opened before and closed after all. */
  @State(Scope.Thread)
  public static class Open {
    private final ThreadSensitiveScope scope = ThreadSensitiveScope.open();
    final SyncToAsync calls = SyncToAsync.threadSensitive(scope);

    @Setup
    public void check() {
      Thread first = calls.call(BODY).join();
      if (first == Thread.currentThread() || first != calls.call(BODY).join()) {
        throw new AssertionError("not on the thread of the scope");
      }
    }

    @TearDown
    public void close() {
      scope.close();
    }
  }
}
