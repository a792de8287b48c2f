package dev.trestle.benchmarks.crowd;

import dev.trestle.benchmarks.Since;
import dev.trestle.bridge.SyncToAsync;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import kotlin.Unit;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.GlobalScope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Ten thousand calls of a millisecond each; one of them is an operation. Who has platform threads
 * has 64. The peaks are those of the JVM, the benchmark's own threads and memory included.
 */
@State(Scope.Thread)
@OperationsPerInvocation(TenThousand.CALLS)
public class TenThousand {
  static final int CALLS = 10_000;
  static final int THREADS = 64;
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** By hand: as many threads as there may be, which count and queue nothing. */
  @Benchmark
  public void limit(Pools.Platform pool, Peaks peaks) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(CALLS);
    AtomicInteger taken = new AtomicInteger();
    for (int i = 0; i < THREADS; i++) {
      pool.executor.execute(
          () -> {
            while (taken.getAndIncrement() < CALLS) {
              block(ended);
            }
          });
    }
    ended.await();
  }

  @Benchmark
  @SuppressWarnings({"FutureReturnValueIgnored", "un-awaited"}) // the bodies tell the end
  public void trestle(Peaks peaks) throws InterruptedException {
    SyncToAsync concurrent = SyncToAsync.concurrent();
    callAll(body -> concurrent.run(body::run));
  }

  @Benchmark
  public void newFixedThreadPool(Pools.Platform pool, Peaks peaks) throws InterruptedException {
    callAll(pool.executor::execute);
  }

  @Benchmark
  @Since(21)
  public void virtualThreads(Pools.Virtual pool, Peaks peaks) throws InterruptedException {
    callAll(body -> pool.threads.newThread(body).start());
  }

  @Benchmark
  public void kotlinDispatchersIo(Peaks peaks) throws InterruptedException {
    callAll(
        body ->
            BuildersKt.launch(
                GlobalScope.INSTANCE,
                Dispatchers.getIO(),
                CoroutineStart.DEFAULT,
                (scope, continuation) -> {
                  body.run();
                  return Unit.INSTANCE;
                }));
  }

  @Benchmark
  public void reactorBoundedElastic(Pools.Reactor pool, Peaks peaks) throws InterruptedException {
    callAll(pool.scheduler::schedule);
  }

  @Benchmark
  @SuppressWarnings("un-awaited") // the bodies tell the end
  public void vertxExecuteBlocking(Pools.Vertx pool, Peaks peaks) throws InterruptedException {
    callAll(
        body ->
            pool.vertx.executeBlocking(
                () -> {
                  body.run();
                  return null;
                },
                false));
  }

  private static void callAll(Consumer<Runnable> call) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(CALLS);
    Runnable body = () -> block(ended);
    for (int i = 0; i < CALLS; i++) {
      call.accept(body);
    }
    ended.await();
  }

  private static void block(CountDownLatch ended) {
    long end = System.nanoTime() + NANOS;
    for (long left = NANOS; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    ended.countDown();
  }
}
