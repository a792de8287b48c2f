package dev.trestle.bridge;

import dev.trestle.threadsensitive.CallerFrame;
import dev.trestle.threadsensitive.CallerLoop;

/** The loop that the calling thread of {@link AsyncToSync#create} is while it waits. */
final class DrivenLoop extends CallerLoop implements EventLoop {
  private final String threadName;

  DrivenLoop(CallerFrame<?> frame) {
    super(frame);
    this.threadName = frame.threadName();
  }

  @Override
  public String toString() {
    return "event loop of blocked thread '" + threadName + "'";
  }
}
