package dev.trestle.benchmarks.hop;

import dev.trestle.bridge.EventLoopThread;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.threadsensitive.ThreadSensitiveScope;
import java.util.concurrent.ExecutorService;

/** {@code SyncToAsync}, each factory of it. */
public abstract class TrestleRoute extends Route {
  private final EventLoopThread loop = EventLoopThread.start("loop");
  private SyncToAsync blocking = SyncToAsync.concurrent();

  /** Chooses where bodies run. */
  abstract SyncToAsync blocking();

  @Override
  void open() {
    blocking = blocking();
  }

  @Override
  void close() {
    loop.close();
  }

  @Override
  void onLoop(Runnable task) {
    loop.execute(task);
  }

  @Override
  void hop(Chain chain) {
    blocking.call(body, chain);
  }

  /** On the shared workers. */
  public static class Concurrent extends TrestleRoute {
    @Override
    SyncToAsync blocking() {
      return SyncToAsync.concurrent();
    }
  }

  /** On the shared workers, with a future. */
  public static class WithFuture extends Concurrent {
    @Override
    @SuppressWarnings({"FutureReturnValueIgnored", "un-awaited"}) // The chain counts what arrives.
    void hop(Chain chain) {
      SyncToAsync.concurrent().call(body).thenAccept(chain);
    }
  }

  /** On the one thread of a scope. */
  public static class ThreadSensitive extends TrestleRoute {
    private final ThreadSensitiveScope scope = ThreadSensitiveScope.open();

    @Override
    SyncToAsync blocking() {
      return SyncToAsync.threadSensitive(scope);
    }

    @Override
    void close() {
      scope.close();
      super.close();
    }
  }

  /** On a pool of one's own. */
  public static class OnExecutor extends TrestleRoute {
    private final ExecutorService pool = Pools.blocking();

    @Override
    SyncToAsync blocking() {
      return SyncToAsync.on(pool);
    }

    @Override
    void close() {
      pool.shutdown();
      super.close();
    }
  }
}
