package dev.trestle.benchmarks.hop;

import dev.trestle.bridge.SyncToAsync;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** {@code concurrent()}, from the thread of Vert.x's own context. */
public class TrestleOnVertxRoute extends Route {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final SyncToAsync blocking = SyncToAsync.concurrent();

  @Override
  void open() {}

  @Override
  void close() {
    vertx.close().await();
  }

  @Override
  void onLoop(Runnable task) {
    context.runOnContext(nothing -> task.run());
  }

  @Override
  void hop(Chain chain) {
    blocking.call(body, chain);
  }
}
