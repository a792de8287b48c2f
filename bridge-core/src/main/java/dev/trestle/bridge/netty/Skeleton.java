package dev.trestle.bridge.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.Optional;

/** Holds the place of the first class of this package. */
public final class Skeleton {
  private Skeleton() {}

  /**
   * Finds the Netty event loop of the calling thread.
   *
   * @return the loop, or nothing on a thread that is not a loop's
   */
  public static Optional<EventLoop> current() {
    EventExecutor current = ThreadExecutorMap.currentExecutor();
    return current instanceof EventLoop loop ? Optional.of(loop) : Optional.empty();
  }
}
