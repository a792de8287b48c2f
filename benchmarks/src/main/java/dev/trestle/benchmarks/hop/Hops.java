package dev.trestle.benchmarks.hop;

import dev.trestle.benchmarks.Bytes;
import dev.trestle.benchmarks.Since;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** The contenders of both cases. */
@OperationsPerInvocation(Hops.HOPS)
public abstract class Hops {
  static final int HOPS = 1024;

  /** How many hops are in flight at a time. */
  abstract int chains();

  private int travel(Route route) {
    return route.travel(chains(), HOPS / chains());
  }

  @Benchmark
  public int limit(HandRoute route) {
    return travel(route);
  }

  @Benchmark
  public int poolByHand(PoolRoute route) {
    return travel(route);
  }

  @Benchmark
  public int poolAndExecutorByHand(PoolAndExecutorRoute route) {
    return travel(route);
  }

  @Benchmark
  public int completableFuture(CompletableFutureRoute route) {
    return travel(route);
  }

  @Benchmark
  public int nettyPromise(NettyPromiseRoute route) {
    return travel(route);
  }

  @Benchmark
  public int nettyExecute(NettyExecuteRoute route) {
    return travel(route);
  }

  @Benchmark
  public int vertxExecuteBlocking(VertxRoute route) {
    return travel(route);
  }

  @Benchmark
  public int mutiny(MutinyRoute route) {
    return travel(route);
  }

  @Benchmark
  public int kotlinWithContextIo(KotlinRoute route) {
    return travel(route);
  }

  @Benchmark
  public int reactorBoundedElastic(ReactorRoute route) {
    return travel(route);
  }

  @Benchmark
  @Since(21)
  public int virtualThreads(VirtualThreadRoute route) {
    return travel(route);
  }

  @Benchmark
  @Bytes(value = 96, onVirtualThreads = 136)
  public int trestleConcurrent(TrestleRoute.Concurrent route) {
    return travel(route);
  }

  @Benchmark
  public int trestleThenAccept(TrestleRoute.WithFuture route) {
    return travel(route);
  }

  @Benchmark
  @Bytes(value = 96, onVirtualThreads = 136)
  public int trestleThreadSensitive(TrestleRoute.ThreadSensitive route) {
    return travel(route);
  }

  @Benchmark
  public int trestleOnExecutor(TrestleRoute.OnExecutor route) {
    return travel(route);
  }

  @Benchmark
  public int trestleOnVertx(TrestleOnVertxRoute route) {
    return travel(route);
  }
}
