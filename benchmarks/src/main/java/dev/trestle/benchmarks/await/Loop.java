package dev.trestle.benchmarks.await;

import dev.trestle.bridge.EventLoopThread;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A loop of ours, for tasks that wait and for chains. */
@State(Scope.Benchmark)
public class Loop {
  final EventLoopThread thread = EventLoopThread.start("await");

  /** Starts a chain on the loop; returns its value. */
  int chain(Callable<? extends CompletionStage<Integer>> start) {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            start
                .call()
                .whenComplete(
                    (value, failure) -> {
                      if (failure == null) {
                        end.complete(value);
                      } else {
                        end.completeExceptionally(failure);
                      }
                    });
          } catch (Throwable e) {
            end.completeExceptionally(e);
          }
        });
    return end.join();
  }

  /** A stage that the loop completes when it has nothing else to run. */
  CompletableFuture<Integer> next(int value) {
    CompletableFuture<Integer> next = new CompletableFuture<>();
    thread.execute(() -> next.complete(value));
    return next;
  }

  @TearDown
  public void close() {
    thread.close();
  }
}
