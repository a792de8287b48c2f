package dev.trestle.bridge.swing;

import dev.trestle.bridge.EventLoop;
import java.awt.EventQueue;

/** The event dispatch thread, whichever it is: AWT ends one that is idle and starts another. */
enum SwingEventLoop implements EventLoop {
  INSTANCE;

  @Override
  public void execute(Runnable task) {
    EventQueue.invokeLater(task);
  }

  @Override
  public boolean isCurrent() {
    return EventQueue.isDispatchThread();
  }

  @Override
  public String toString() {
    return "event loop 'AWT event dispatch thread'";
  }
}
