package dev.trestle.bridge.vertx;

import dev.trestle.bridge.EventLoop;
import dev.trestle.context.Context;
import dev.trestle.context.ContextStore;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;
import org.jspecify.annotations.Nullable;

/**
 * What Trestle keeps on Vert.x's own contexts: on the one of a request Trestle's context, and on
 * any its event loop. Made by Vert.x through {@code ServiceLoader}.
 *
 * <p>A root context is shared by all that a verticle does, so nothing of one request is kept there.
 */
public final class VertxLocals implements VertxServiceProvider, ContextStore {
  /** A context that Vert.x copies for a part of the same request takes this along. */
  private static final ContextLocal<Context> KEPT = kept();

  private static final ContextLocal<EventLoop> LOOP =
      ContextLocal.registerLocal(EventLoop.class, VertxLocals::none);

  private static ContextLocal<Context> kept() {
    try {
      return ContextLocal.registerLocal(Context.class);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "Trestle's adapter for Vert.x needs Vert.x 5, and found another version; use Vert.x 5",
          e);
    }
  }

  static {
    Context.keepIn(new VertxLocals());
  }

  /** For {@code ServiceLoader}. */
  public VertxLocals() {}

  /** Does nothing: loading this class has registered all, in time for the Vert.x to be made. */
  @Override
  public void init(VertxBootstrap bootstrap) {}

  @Override
  public @Nullable Object place() {
    return ContextInternal.current();
  }

  @Override
  public @Nullable Context get() {
    ContextInternal request = request();
    return request == null ? null : request.getLocal(KEPT);
  }

  @Override
  public boolean set(Context context) {
    ContextInternal request = request();
    if (request == null) {
      return false;
    }
    request.putLocal(KEPT, context);
    return true;
  }

  private static @Nullable ContextInternal request() {
    ContextInternal current = ContextInternal.current();
    return current != null && current.isDuplicate() && hasRoom(current) ? current : null;
  }

  static EventLoop loopOf(ContextInternal context) {
    return hasRoom(context)
        ? context.getLocal(LOOP, () -> adapted(context))
        : adapted(context); // equal each time, if not the same
  }

  private static EventLoop adapted(ContextInternal context) {
    return new VertxEventLoop(context, Thread.currentThread().getName());
  }

  /** False for a Vert.x that was made before, or told not to look for providers. */
  private static boolean hasRoom(ContextInternal context) {
    return context.owner().contextLocals().contains(LOOP);
  }

  @SuppressWarnings("NullAway") // for Vert.x, null means that there is no value
  private static EventLoop none(EventLoop loopOfOriginal) {
    return null;
  }
}
