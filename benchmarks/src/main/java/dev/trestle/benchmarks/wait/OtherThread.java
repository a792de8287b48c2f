package dev.trestle.benchmarks.wait;

import com.google.common.util.concurrent.SettableFuture;
import dev.trestle.benchmarks.Bytes;
import dev.trestle.benchmarks.byhand.HandLoop;
import dev.trestle.bridge.AsyncToSync;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CancellableContinuation;
import kotlinx.coroutines.CancellableContinuationKt;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** The async code asks a loop, which completes a promise; meanwhile the calling thread waits. */
@State(Scope.Thread)
public class OtherThread {
  private final HandLoop loop = HandLoop.start();
  private final AsyncToSync async = AsyncToSync.create();

  private final Request<CompletableFuture<Integer>> stage =
      new Request<>(future -> future.complete(1));
  private final Request<SettableFuture<Integer>> settable = new Request<>(it -> it.set(1));
  private final Request<MonoSink<Integer>> mono = new Request<>(sink -> sink.success(1));
  private final Request<UniEmitter<? super Integer>> uni =
      new Request<>(emitter -> emitter.complete(1));
  private final Request<Promise<Integer>> vertx = new Request<>(promise -> promise.complete(1));
  private final Request<CancellableContinuation<? super Integer>> kotlin =
      new Request<>(continuation -> continuation.resumeWith(1));
  private Answer answer = new Answer();

  @Setup
  public void checkAll() throws Exception {
    answer = new Answer(); // Belongs to the thread that waits, which is this one.
    List<Callable<Object>> contenders =
        List.of(
            this::limit,
            this::completableFutureJoin,
            this::guavaGet,
            this::monoBlock,
            this::uniAwait,
            this::vertxAwait,
            this::kotlinRunBlocking,
            this::trestle);
    for (Callable<Object> contender : contenders) {
      if (!Objects.equals(contender.call(), 1)) {
        throw new IllegalStateException("contender " + contenders.indexOf(contender));
      }
    }
    for (Request<?> request : List.of(stage, settable, mono, uni, vertx, kotlin)) {
      request.checkRanOn(loop.thread());
    }
  }

  @TearDown
  public void close() {
    loop.close();
  }

  private CompletableFuture<Integer> ask() {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    loop.execute(stage.of(future));
    return future;
  }

  @Benchmark
  public Integer limit() {
    return answer.from(loop);
  }

  @Benchmark
  public Integer completableFutureJoin() {
    return ask().join();
  }

  @Benchmark
  public @Nullable Integer guavaGet() throws ExecutionException, InterruptedException {
    SettableFuture<Integer> future = SettableFuture.create();
    loop.execute(settable.of(future));
    return future.get();
  }

  @Benchmark
  public @Nullable Integer monoBlock() {
    return Mono.<Integer>create(sink -> loop.execute(mono.of(sink))).block();
  }

  @Benchmark
  public Integer uniAwait() {
    return Uni.createFrom()
        .<Integer>emitter(emitter -> loop.execute(uni.of(emitter)))
        .await()
        .indefinitely();
  }

  @Benchmark
  public Integer vertxAwait() {
    Promise<Integer> promise = Promise.promise();
    loop.execute(vertx.of(promise));
    return promise.future().await();
  }

  @Benchmark
  public Object kotlinRunBlocking() throws InterruptedException {
    return BuildersKt.<Object>runBlocking(
        EmptyCoroutineContext.INSTANCE,
        (scope, completion) ->
            CancellableContinuationKt.<Object>suspendCancellableCoroutine(
                continuation -> {
                  loop.execute(kotlin.of(continuation));
                  return Unit.INSTANCE;
                },
                completion));
  }

  @Benchmark
  @Bytes(360)
  public Integer trestle() {
    return async.call(this::ask);
  }
}
