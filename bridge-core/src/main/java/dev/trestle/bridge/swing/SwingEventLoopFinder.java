package dev.trestle.bridge.swing;

import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.EventLoopFinder;
import java.util.Optional;

/** Recognises the event dispatch thread of AWT and Swing. Made by {@code ServiceLoader}. */
public final class SwingEventLoopFinder implements EventLoopFinder {
  /** By its name, since to ask AWT would start it, and a runtime may come without it. */
  private static final String DISPATCH_THREAD = "java.awt.EventDispatchThread";

  /** For {@code ServiceLoader}. */
  public SwingEventLoopFinder() {}

  @Override
  public Optional<EventLoop> current() {
    return Thread.currentThread().getClass().getName().equals(DISPATCH_THREAD)
        ? Optional.of(SwingEventLoop.INSTANCE)
        : Optional.empty();
  }
}
