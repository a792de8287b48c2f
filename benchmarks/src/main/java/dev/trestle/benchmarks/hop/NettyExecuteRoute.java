package dev.trestle.benchmarks.hop;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.concurrent.TimeUnit;

/** Netty's executor group and its loop, with {@code execute} there and back. */
public class NettyExecuteRoute extends Route {
  private final EventLoop loop = new DefaultEventLoop();
  private final EventExecutorGroup pool = new DefaultEventExecutorGroup(THREADS);

  @Override
  void open() {}

  @Override
  void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    pool.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Override
  void onLoop(Runnable task) {
    loop.execute(task);
  }

  @Override
  void hop(Chain chain) {
    pool.execute(
        () -> {
          Integer value = runBody();
          loop.execute(() -> chain.arrived(value));
        });
  }
}
