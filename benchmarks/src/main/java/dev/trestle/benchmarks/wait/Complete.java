package dev.trestle.benchmarks.wait;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.trestle.benchmarks.Bytes;
import dev.trestle.bridge.AsyncToSync;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Mono;

/**
 * The async code has its result already. It is a function that the compiler does not look into, so
 * that the future it makes is really made, in every contender.
 */
@State(Scope.Thread)
public class Complete {
  private final AsyncToSync async = AsyncToSync.create();

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static CompletableFuture<Integer> stage() {
    return CompletableFuture.completedFuture(1);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static ListenableFuture<Integer> listenable() {
    return Futures.immediateFuture(1);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static Mono<Integer> mono() {
    return Mono.just(1);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static Uni<Integer> uni() {
    return Uni.createFrom().item(1);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static Future<Integer> future() {
    return Future.succeededFuture(1);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static Object suspending() {
    return 1;
  }

  @Benchmark
  public Integer limitJoin() {
    return stage().join();
  }

  @Benchmark
  public Integer guavaGet() throws ExecutionException, InterruptedException {
    return listenable().get();
  }

  @Benchmark
  public @Nullable Integer monoBlock() {
    return mono().block();
  }

  @Benchmark
  public Integer uniAwait() {
    return uni().await().indefinitely();
  }

  @Benchmark
  public Integer vertxAwait() {
    return future().await();
  }

  @Benchmark
  public Object kotlinRunBlocking() throws InterruptedException {
    return BuildersKt.runBlocking(
        EmptyCoroutineContext.INSTANCE, (scope, completion) -> suspending());
  }

  @Benchmark
  @Bytes(192)
  public Integer trestle() {
    return async.call(() -> stage());
  }
}
