package dev.trestle.benchmarks.hop;

import dev.trestle.bridge.EventLoopThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** {@code supplyAsync} and {@code thenAcceptAsync}, with a pool and a loop. */
public class CompletableFutureRoute extends Route {
  private final EventLoopThread loop = EventLoopThread.start("loop");
  private final ExecutorService pool = Pools.blocking();

  @Override
  void open() {}

  @Override
  void close() {
    pool.shutdown();
    loop.close();
  }

  @Override
  void onLoop(Runnable task) {
    loop.execute(task);
  }

  @Override
  @SuppressWarnings({"FutureReturnValueIgnored", "un-awaited"}) // The chain counts what arrives.
  void hop(Chain chain) {
    CompletableFuture.supplyAsync(this::runBody, pool).thenAcceptAsync(chain, loop);
  }
}
