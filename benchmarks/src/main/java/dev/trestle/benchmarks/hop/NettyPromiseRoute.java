package dev.trestle.benchmarks.hop;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.TimeUnit;

/** Netty's executor group, and a promise of its loop. */
public class NettyPromiseRoute extends Route {
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
    Promise<Integer> promise = loop.newPromise();
    promise.addListener((Future<Integer> done) -> chain.arrived(done.getNow()));
    pool.execute(() -> promise.setSuccess(runBody()));
  }
}
