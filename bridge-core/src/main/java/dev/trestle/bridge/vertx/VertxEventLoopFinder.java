package dev.trestle.bridge.vertx;

import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.EventLoopFinder;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import java.util.Optional;

/**
 * Recognises the threads of Vert.x's event loops. What is queued on the loop that it finds runs in
 * the very Vert.x context of the caller, so that what Vert.x keeps for one request stays with it.
 * Worker and virtual-thread contexts may block, and are no loop. Made by {@code ServiceLoader}.
 */
public final class VertxEventLoopFinder implements EventLoopFinder {
  /** For {@code ServiceLoader}, which leaves the finder out if Vert.x 5 is absent. */
  public VertxEventLoopFinder() {
    // Fails now, not at the first bridge call.
    Objects.requireNonNull(ContextInternal.class);
  }

  @Override
  public Optional<EventLoop> current() {
    ContextInternal context = ContextInternal.current();
    return context != null && context.isEventLoopContext() && context.inThread()
        ? Optional.of(VertxLocals.loopOf(context))
        : Optional.empty();
  }
}
