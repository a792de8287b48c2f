package dev.trestle.benchmarks.hop;

import dev.trestle.bridge.EventLoopThread;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.ExecutorService;

/** {@code runSubscriptionOn} a pool, {@code emitOn} a loop. */
public class MutinyRoute extends Route {
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
    Uni.createFrom()
        .item(this::runBody)
        .runSubscriptionOn(pool)
        .emitOn(loop)
        .subscribe()
        .with(chain);
  }
}
