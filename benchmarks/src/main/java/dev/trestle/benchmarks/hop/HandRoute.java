package dev.trestle.benchmarks.hop;

import dev.trestle.benchmarks.byhand.HandLoop;
import dev.trestle.benchmarks.byhand.HandPool;
import dev.trestle.benchmarks.byhand.Task;

/** Only what must be: one object for each hop, which is in both queues by itself. */
public class HandRoute extends Route {
  private HandLoop loop = HandLoop.start();
  private HandPool pool = new HandPool(THREADS);

  @Override
  void open() {}

  @Override
  void close() {
    loop.close();
    pool.close();
  }

  @Override
  void onLoop(Runnable task) {
    loop.execute(
        new Task() {
          @Override
          protected void runOnLoop() {
            task.run();
          }
        });
  }

  @Override
  void hop(Chain chain) {
    pool.execute(new Hop(chain));
  }

  private final class Hop extends Task {
    private final Chain chain;
    private Integer value = 0;

    Hop(Chain chain) {
      this.chain = chain;
    }

    @Override
    protected void runInPool() {
      value = runBody();
      loop.execute(this);
    }

    @Override
    protected void runOnLoop() {
      chain.arrived(value);
    }
  }
}
