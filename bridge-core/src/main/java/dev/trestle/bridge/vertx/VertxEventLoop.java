package dev.trestle.bridge.vertx;

import dev.trestle.bridge.EventLoop;
import io.vertx.core.internal.ContextInternal;

/** An event loop as one Vert.x context sees it: what runs on it runs in that context. */
record VertxEventLoop(ContextInternal context, String threadName) implements EventLoop {
  @Override
  public void execute(Runnable task) {
    context.runOnContext(ignored -> task.run());
  }

  /** On the same thread, the context of another request is another loop. */
  @Override
  public boolean isCurrent() {
    return context.isRunningOnContext();
  }

  @Override
  public boolean isClosed() {
    return context.nettyEventLoop().isShuttingDown();
  }

  @Override
  public String toString() {
    return "event loop '" + threadName + "'";
  }
}
