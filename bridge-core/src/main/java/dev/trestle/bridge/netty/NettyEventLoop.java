package dev.trestle.bridge.netty;

import dev.trestle.bridge.EventLoop;

/** A loop of Netty's as one of ours. */
record NettyEventLoop(io.netty.channel.EventLoop loop, String threadName) implements EventLoop {
  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public boolean isCurrent() {
    return loop.inEventLoop();
  }

  @Override
  public boolean isClosed() {
    return loop.isShuttingDown();
  }

  @Override
  public String toString() {
    return "event loop '" + threadName + "'";
  }
}
