package dev.trestle.benchmarks.context;

import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.SyncToAsync;
import io.smallrye.context.SmallRyeThreadContext;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A future, one dependent that has the ten values of its registration, and completing it. */
@OperationsPerInvocation(Carrier.TASKS)
public class Stage {
  private static final int VALUES = 10;

  @Benchmark
  public int limit(ByHand carrier) {
    return carrier.round();
  }

  @Benchmark
  public int trestle(Trestle carrier) {
    return carrier.round();
  }

  @Benchmark
  public int smallRyeNewIncompleteFuture(SmallRye carrier) {
    return carrier.round();
  }

  @State(Scope.Thread)
  public static class ByHand extends OneReference<CompletableFuture<Integer>> {
    @Setup
    public void begin() {
      make(VALUES);
      check(VALUES);
    }

    @Override
    @SuppressWarnings("unfinished-promise") // run completes it
    CompletableFuture<Integer> capture(Runnable body) {
      CompletableFuture<Integer> future = new CompletableFuture<>();
      var unused = future.thenRun(wrap(body));
      return future;
    }

    @Override
    void run(CompletableFuture<Integer> captured) {
      captured.complete(1);
    }
  }

  /** A future that is delivered on the loop that completes it. */
  @State(Scope.Thread)
  public static class Trestle extends LocalsCarrier<CompletableFuture<Integer>> {
    private final CompletableFuture<Integer> ours =
        SyncToAsync.on(Runnable::run)
            .completingOn(EventLoop.adapt("this thread", Runnable::run, () -> true))
            .call(() -> 1);

    @Setup
    public void begin() {
      make(VALUES);
      check(VALUES);
    }

    @Override
    CompletableFuture<Integer> capture(Runnable body) {
      CompletableFuture<Integer> future = ours.newIncompleteFuture();
      var unused = future.thenRun(body);
      return future;
    }

    @Override
    void run(CompletableFuture<Integer> captured) {
      captured.complete(1);
    }
  }

  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls begin first
  public static class SmallRye extends ForeignCarrier<CompletableFuture<Integer>> {
    private SmallRyeThreadContext context;

    @Setup
    public void begin() {
      make(VALUES);
      context = smallRye();
      check(VALUES);
    }

    @Override
    CompletableFuture<Integer> capture(Runnable body) {
      CompletableFuture<Integer> future = context.newIncompleteFuture();
      var unused = future.thenRun(body);
      return future;
    }

    @Override
    void run(CompletableFuture<Integer> captured) {
      captured.complete(1);
    }
  }
}
