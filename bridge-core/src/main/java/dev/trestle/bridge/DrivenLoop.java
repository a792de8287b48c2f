package dev.trestle.bridge;

import dev.trestle.threadsensitive.CallerFrame;
import dev.trestle.threadsensitive.CallerLoop;

/** The loop that the calling thread of {@link AsyncToSync#create} is while it waits. */
final class DrivenLoop extends CallerLoop implements EventLoop {
  private final String name;

  DrivenLoop(CallerFrame<?> frame) {
    super(frame);
    this.name = "event loop of blocked thread '" + frame.threadName() + "'";
  }

  @Override
  public String toString() {
    return name;
  }
}
