package dev.trestle.bridge.netty;

import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.EventLoopFinder;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the threads of Netty's event loops. Threads of other executors, such as a {@code
 * DefaultEventExecutorGroup}, are there to block, and are no loop. Made by {@code ServiceLoader}.
 */
public final class NettyEventLoopFinder implements EventLoopFinder {
  private final FastThreadLocal<@Nullable NettyEventLoop> last = new FastThreadLocal<>();

  /** For {@code ServiceLoader}, which leaves the finder out if Netty is absent. */
  public NettyEventLoopFinder() {
    // Fails now, not at the first bridge call.
    Objects.requireNonNull(io.netty.channel.EventLoop.class);
    Objects.requireNonNull(ThreadExecutorMap.class);
  }

  @Override
  public Optional<EventLoop> current() {
    EventExecutor executor = ThreadExecutorMap.currentExecutor();
    return executor instanceof io.netty.channel.EventLoop loop
        ? Optional.of(adapted(loop))
        : Optional.empty();
  }

  @Override
  public boolean isLoop(Executor executor) {
    return executor instanceof EventLoopGroup; // of which a single loop is one
  }

  private NettyEventLoop adapted(io.netty.channel.EventLoop loop) {
    NettyEventLoop known = last.get();
    if (known == null || known.loop() != loop) {
      known = new NettyEventLoop(loop, Thread.currentThread().getName());
      last.set(known);
    }
    return known;
  }
}
