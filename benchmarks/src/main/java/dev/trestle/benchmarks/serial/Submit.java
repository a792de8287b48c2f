package dev.trestle.benchmarks.serial;

import com.google.common.util.concurrent.Futures;
import dev.trestle.benchmarks.Bytes;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.threadsensitive.CheckedFunction;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Each task has a future; a producer waits for its last. */
@OperationsPerInvocation(Producers.TASKS)
public class Submit extends Producers {
  private static final Integer VALUE = 1;

  @Benchmark
  public void limit(Peers.Loop peer) throws Exception {
    submitAll(
        task -> {
          HandPromise promise = new HandPromise(task);
          peer.loop.execute(promise);
          return promise;
        },
        HandPromise::await);
  }

  @Benchmark
  @Bytes(40)
  public void trestleSubmit(Peers.Trestle peer) throws Exception {
    submitAll(peer.executor::submit, Future::get);
  }

  @Benchmark
  public void trestleCall(Peers.Trestle peer) throws Exception {
    SyncToAsync on = SyncToAsync.on(peer.executor);
    submitAll(on::call, CompletableFuture::join);
  }

  /** Who goes on is told, and there is no future to wait for. */
  @Benchmark
  public void trestleCallThen(Peers.Trestle peer) throws Exception {
    SyncToAsync on = SyncToAsync.on(peer.executor);
    CountDownLatch told = new CountDownLatch(TASKS);
    BiConsumer<Integer, Throwable> then = (value, failure) -> told.countDown();
    Callable<Integer> task = task();
    round(
        number -> {
          for (int i = TASKS / producers; i > 0; i--) {
            on.call(task, then);
          }
        });
    told.await();
  }

  @Benchmark
  public void newSingleThreadExecutor(Peers.Jdk peer) throws Exception {
    submitAll(peer.executor::submit, Future::get);
  }

  @Benchmark
  public void nettyDefaultEventExecutor(Peers.Netty peer) throws Exception {
    submitAll(peer.executor::submit, Future::get);
  }

  @Benchmark
  public void guavaSequentialExecutor(Peers.Guava peer) throws Exception {
    submitAll(task -> Futures.submit(task, peer.executor), Future::get);
  }

  @Benchmark
  public void vertxExecuteBlocking(Peers.Vertx peer) throws Exception {
    submitAll(
        peer.context::executeBlocking,
        future -> future.toCompletionStage().toCompletableFuture().join());
  }

  private Callable<Integer> task() {
    return () -> {
      ran();
      return VALUE;
    };
  }

  private <F> void submitAll(
      Function<Callable<Integer>, F> submit, CheckedFunction<F, @Nullable Integer> await)
      throws Exception {
    Callable<Integer> task = task();
    round(
        number -> {
          for (int i = TASKS / producers; i > 1; i--) {
            var unused = submit.apply(task);
          }
          try {
            if (!VALUE.equals(await.apply(submit.apply(task)))) {
              throw new AssertionError("not the value");
            }
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
