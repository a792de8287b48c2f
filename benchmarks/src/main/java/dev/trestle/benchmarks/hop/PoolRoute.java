package dev.trestle.benchmarks.hop;

import dev.trestle.bridge.EventLoopThread;
import java.util.concurrent.ExecutorService;

/** A thread pool and {@code loop.execute}. */
public class PoolRoute extends Route {
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
  void hop(Chain chain) {
    pool.execute(
        () -> {
          Integer value = runBody();
          loop.execute(() -> chain.arrived(value));
        });
  }
}
