package dev.trestle.benchmarks.nested;

import dev.trestle.benchmarks.Bytes;
import dev.trestle.benchmarks.byhand.Waiting;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.SyncToAsync;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineStart;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A thread blocks for async code, which has a body run on that thread, and is done with it. */
@State(Scope.Thread)
public class BackOnCaller {
  private final AsyncToSync async = AsyncToSync.create();
  private final SyncToAsync blocking = SyncToAsync.threadSensitive();
  private Waiting waiting = new Waiting(Thread.currentThread());
  private Callable<Integer> body = () -> 1;

  /** How the async code finds the blocked thread; in its place elsewhere is a thread-local. */
  private Frame frame = new Frame(waiting);

  @Setup
  public void checkAll() throws Exception {
    Callable<Integer> unchecked = body;
    Thread caller = Thread.currentThread();
    waiting = new Waiting(caller);
    body =
        () -> {
          if (Thread.currentThread() != caller) {
            throw new IllegalStateException("ran on " + Thread.currentThread());
          }
          return unchecked.call();
        };
    List<Callable<Object>> contenders =
        List.of(
            this::limit,
            this::handMadeQueue,
            this::kotlinNestedRunBlocking,
            this::kotlinAsyncInRunBlocking,
            this::trestle);
    for (Callable<Object> contender : contenders) {
      if (!Objects.equals(contender.call(), 1)) {
        throw new IllegalStateException("contender " + contenders.indexOf(contender));
      }
    }
    body = unchecked;
  }

  private Integer runBody() {
    try {
      return body.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Benchmark
  public Integer limit() {
    frame = new Frame(waiting);
    return frame.await(frame.submit(body));
  }

  @Benchmark
  public Integer handMadeQueue() throws InterruptedException {
    BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    CompletableFuture<Integer> future = CompletableFuture.supplyAsync(this::runBody, queue::add);
    CompletableFuture<Integer> ended =
        future.whenComplete((value, failure) -> queue.add(() -> {})); // Wakes the caller.
    while (!ended.isDone()) {
      queue.take().run();
    }
    return ended.join();
  }

  @Benchmark
  public Object kotlinNestedRunBlocking() throws InterruptedException {
    return BuildersKt.<Object>runBlocking(
        EmptyCoroutineContext.INSTANCE,
        (scope, completion) -> {
          try {
            return BuildersKt.<Object>runBlocking(
                EmptyCoroutineContext.INSTANCE, (inner, innerCompletion) -> runBody());
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Benchmark
  public Object kotlinAsyncInRunBlocking() throws InterruptedException {
    return BuildersKt.<Object>runBlocking(
        EmptyCoroutineContext.INSTANCE,
        (scope, completion) ->
            BuildersKt.<Object>async(
                    scope,
                    EmptyCoroutineContext.INSTANCE,
                    CoroutineStart.DEFAULT,
                    (inner, innerCompletion) -> runBody())
                .await(completion));
  }

  @Benchmark
  @Bytes(376)
  public Integer trestle() {
    return async.call(() -> blocking.call(body));
  }
}
