package dev.trestle.benchmarks.hop;

import java.util.concurrent.ExecutorService;

/** A thread pool, and the executor of the JDK that has one thread for a loop. */
public class PoolAndExecutorRoute extends Route {
  private final ExecutorService loop = Pools.loop();
  private final ExecutorService pool = Pools.blocking();

  @Override
  void open() {}

  @Override
  void close() {
    pool.shutdown();
    loop.shutdown();
  }

  @Override
  void onLoop(Runnable task) {
    loop.execute(task);
  }

  @Override
  void hop(Chain chain) {
    pool.execute(
        () -> {
          Integer value = runBody();
          loop.execute(() -> chain.arrived(value));
        });
  }
}
