package dev.trestle.benchmarks.hop;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** {@code executeBlocking}, unordered, from a context of Vert.x. */
public class VertxRoute extends Route {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();

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
  @SuppressWarnings("un-awaited") // The chain counts what arrives.
  void hop(Chain chain) {
    context.executeBlocking(body, false).onSuccess(chain::arrived);
  }
}
