package dev.trestle.bridge.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Patience;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.bridge.WaitsOnALoop;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NettyEventLoopFinderTest {
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final io.netty.channel.EventLoop netty = group.next();
  private Thread loopThread;

  @BeforeEach
  void findThread() throws Exception {
    loopThread = onLoop(Thread::currentThread);
  }

  @AfterEach
  void stop() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void eachTaskOfALoopFindsTheSameEventLoop() throws Exception {
    EventLoop first = onLoop(() -> EventLoop.current().orElseThrow());
    EventLoop second = onLoop(() -> EventLoop.current().orElseThrow());

    assertThat(second).isSameAs(first);
    assertThat(first).hasToString("event loop '" + loopThread.getName() + "'");
    assertThat(first.isCurrent()).isFalse();
    assertThat(onLoop(first::isCurrent)).isTrue();
  }

  @Test
  void aThreadOfAnExecutorThatMayBlockIsNoLoop() throws Exception {
    DefaultEventExecutorGroup mayBlock = new DefaultEventExecutorGroup(1);
    try {
      assertThat(mayBlock.submit(EventLoop::current).get()).isEqualTo(Optional.empty());
      assertThat(
              mayBlock
                  .submit(
                      () ->
                          AsyncToSync.create()
                              .<String>call(() -> CompletableFuture.completedFuture("waited")))
                  .get())
          .isEqualTo("waited");
    } finally {
      mayBlock.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  @Test
  void aLoopWithoutChannelsIsALoopToo() throws Exception {
    DefaultEventLoop local = new DefaultEventLoop();
    try {
      assertThat(local.submit(EventLoop::current).get()).isPresent();
    } finally {
      local.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  @Test
  @SuppressWarnings("blocking-in-async") // what the bridge does about it
  void waitingOnALoopIsRefusedBeforeTheTaskIsInvokedAndTheLoopIsUnharmed() throws Exception {
    AtomicBoolean invoked = new AtomicBoolean();

    CompletableFuture<Void> refused =
        CompletableFuture.runAsync(
            () ->
                AsyncToSync.create()
                    .call(
                        () -> {
                          invoked.set(true);
                          return CompletableFuture.completedFuture(null);
                        }),
            netty);

    assertThatThrownBy(refused::join)
        .hasCauseInstanceOf(BridgeDeadlockException.class)
        .hasMessageContaining("event loop '" + loopThread.getName() + "'");
    assertThat(invoked).isFalse();
    assertThat(onLoop(Thread::currentThread)).isSameAs(loopThread);
  }

  @Test
  void everyWayToWaitIsRefusedWhicheverLoopWouldCompleteTheFuture() throws Exception {
    WaitsOnALoop.assertRefused(netty, loopThread.getName());
  }

  @Test
  void dependentsRunOnTheLoopThatMadeTheCall() throws Exception {
    CountDownLatch dependentRegistered = new CountDownLatch(1);
    CompletableFuture<List<Thread>> threads = new CompletableFuture<>();

    netty.execute(
        () -> {
          Patience.forward(
              SyncToAsync.concurrent()
                  .call(
                      () -> {
                        dependentRegistered.await();
                        return Thread.currentThread();
                      })
                  .thenApply(body -> List.of(body, Thread.currentThread())),
              threads);
          dependentRegistered.countDown();
        });

    assertThat(threads.get().get(0)).isNotSameAs(loopThread);
    assertThat(threads.get().get(1)).isSameAs(loopThread);
  }

  @Test
  void blockingCodeCalledFromALoopGoesBackToThatLoop() throws Exception {
    CompletableFuture<Thread> back = new CompletableFuture<>();

    netty.execute(
        () ->
            Patience.forward(
                SyncToAsync.threadSensitive()
                    .call(
                        () ->
                            AsyncToSync.create()
                                .<Thread>call(
                                    () ->
                                        CompletableFuture.completedFuture(Thread.currentThread()))),
                back));

    assertThat(back.get()).isSameAs(loopThread);
  }

  @Test
  void aLoopThatShutsDownIsClosed() throws Exception {
    EventLoop loop = onLoop(() -> EventLoop.current().orElseThrow());
    assertThat(loop.isClosed()).isFalse();

    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();

    assertThat(loop.isClosed()).isTrue();
  }

  @Test
  void blockingBodiesAreRefusedOnALoopAndOnAGroupOfThem() {
    for (Executor loops : List.<Executor>of(netty, group)) {
      assertThatThrownBy(() -> SyncToAsync.on(loops))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot run blocking bodies");
    }
  }

  private <T> T onLoop(Callable<T> task) throws Exception {
    return netty.submit(task).get(10, TimeUnit.SECONDS);
  }
}
