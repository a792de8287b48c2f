package dev.trestle.benchmarks.serial;

import com.google.common.util.concurrent.MoreExecutors;
import dev.trestle.benchmarks.byhand.HandLoop;
import dev.trestle.benchmarks.byhand.Task;
import dev.trestle.threadsensitive.ThreadSensitiveExecutor;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.vertx.core.Context;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What runs the tasks; each is made for the benchmark that names it. */
public final class Peers {
  private Peers() {}

  @State(Scope.Benchmark)
  public static class Loop {
    final HandLoop loop = HandLoop.start();

    @TearDown
    public void close() {
      loop.close();
    }
  }

  /** By hand: each task is its own link, there before the round and used again in the next. */
  @State(Scope.Benchmark)
  public static class Hand extends Loop {
    private Task[] tasks = {};

    @Setup
    public void make(Execute producers) {
      tasks = new Task[Producers.TASKS];
      for (int i = 0; i < tasks.length; i++) {
        tasks[i] =
            new Task() {
              @Override
              protected void runOnLoop() {
                producers.ran();
              }
            };
      }
    }

    void putShare(int producer, int producers) {
      int share = tasks.length / producers;
      for (int i = producer * share; i < (producer + 1) * share; i++) {
        loop.execute(tasks[i]);
      }
    }
  }

  @State(Scope.Benchmark)
  public static class Trestle {
    final ThreadSensitiveExecutor executor = ThreadSensitiveExecutor.platform("serial");

    @TearDown
    public void close() {
      executor.close();
    }
  }

  @State(Scope.Benchmark)
  public static class Jdk {
    final ExecutorService executor = Executors.newSingleThreadExecutor();

    @TearDown
    public void close() {
      executor.shutdown();
    }
  }

  @State(Scope.Benchmark)
  public static class Netty {
    final DefaultEventExecutor executor = new DefaultEventExecutor();

    @TearDown
    public void close() {
      executor.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  @State(Scope.Benchmark)
  public static class Guava {
    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    final Executor executor = MoreExecutors.newSequentialExecutor(pool);

    @TearDown
    public void close() {
      pool.shutdown();
    }
  }

  @State(Scope.Benchmark)
  public static class Vertx {
    private final io.vertx.core.Vertx vertx = io.vertx.core.Vertx.vertx();
    final Context context = vertx.getOrCreateContext();

    @TearDown
    public void close() {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @State(Scope.Benchmark)
  public static class Reactor {
    final Scheduler scheduler = Schedulers.newSingle("serial");

    @TearDown
    public void close() {
      scheduler.dispose();
    }
  }
}
