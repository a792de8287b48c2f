package dev.trestle.benchmarks.await;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A context of Vert.x whose code runs on virtual threads, one at a time. */
@State(Scope.Benchmark)
public class VertxVirtualThread {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = context();

  private Context context() {
    CompletableFuture<Context> context = new CompletableFuture<>();
    vertx
        .deployVerticle(
            own -> {
              context.complete(own);
              return Future.succeededFuture();
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .onFailure(context::completeExceptionally);
    return context.join();
  }

  /** Runs a task there; returns its value. */
  int call(Callable<Integer> task) {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    context.runOnContext(
        nothing -> {
          try {
            end.complete(task.call());
          } catch (Throwable e) {
            end.completeExceptionally(e);
          }
        });
    return end.join();
  }

  /** A future that the context completes when it has nothing else to run. */
  Future<Integer> next(int value) {
    Promise<Integer> next = Promise.promise();
    context.runOnContext(nothing -> next.complete(value));
    return next.future();
  }

  @TearDown
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
