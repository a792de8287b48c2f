package dev.trestle.bridge.mutiny;

import static dev.trestle.bridge.WaitsOnALoop.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.SerialProbe;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.bridge.WaitsOnALoop;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MutinyEventLoopFinderTest {
  private final ExecutorService loop =
      Executors.newSingleThreadExecutor(body -> new Thread(body, "io-1"));
  private final Thread io = on(loop, Thread::currentThread);
  private final Executor before = Infrastructure.getDefaultExecutor();

  /** As Quarkus does: its own threads must not be blocked. */
  @BeforeEach
  void tellMutiny() {
    Infrastructure.setCanCallerThreadBeBlockedSupplier(() -> Thread.currentThread() != io);
  }

  @AfterEach
  void stop() {
    Infrastructure.resetCanCallerThreadBeBlockedSupplier();
    loop.shutdown();
  }

  @Test
  void eachTaskOfAThreadFindsTheSameEventLoop() {
    EventLoop first = on(loop, () -> EventLoop.current().orElseThrow());

    assertThat(on(loop, () -> EventLoop.current().orElseThrow())).isSameAs(first);
    assertThat(first).hasToString("event loop 'io-1'");
    assertThat(first.isCurrent()).isFalse();
    assertThat(EventLoop.current()).isEmpty();
  }

  @Test
  void waitingIsRefusedWhereMutinyMustNotBlockAndTheLoopIsUnharmed() throws Exception {
    WaitsOnALoop.assertRefused(loop, "io-1");
  }

  @Test
  void aThreadOfMutinysDefaultExecutorMayBlockAndIsNoLoop() {
    assertThat(on(Infrastructure.getDefaultExecutor(), EventLoop::current))
        .isEqualTo(Optional.empty());
    assertThat(
            on(
                Infrastructure.getDefaultExecutor(),
                () ->
                    AsyncToSync.create()
                        .<String>call(() -> CompletableFuture.completedFuture("waited"))))
        .isEqualTo("waited");
  }

  @Test
  void withoutBeingToldMutinyMayBlockAnyThread() {
    Infrastructure.resetCanCallerThreadBeBlockedSupplier();

    assertThat(on(loop, EventLoop::current)).isEqualTo(Optional.empty());
  }

  @Test
  void dependentsRunOnMutinysDefaultExecutorOneAtATime() {
    SerialProbe probe = new SerialProbe(20);
    Gate held = new Gate();
    List<CompletableFuture<EventLoop>> dependents =
        on(
            loop,
            () ->
                IntStream.range(0, 20)
                    .mapToObj(
                        number ->
                            SyncToAsync.concurrent()
                                .run(held::pass)
                                .thenApply(
                                    done -> {
                                      probe.visit(number, 0);
                                      return EventLoop.current().orElseThrow();
                                    }))
                    .toList());
    held.open();

    EventLoop own = on(loop, () -> EventLoop.current().orElseThrow());
    assertThat(dependents).allSatisfy(one -> assertThat(Patience.result(one)).isSameAs(own));
    probe.assertOneAtATime();
    assertThat(probe.threads()).doesNotContain(io);
  }

  @Test
  void whatRunsInPlaceOfTheThreadIsItsLoop() throws Exception {
    EventLoop inPlace = on(loop, () -> EventLoop.current().orElseThrow());

    assertThat(on(inPlace, inPlace::isCurrent)).isTrue();
    WaitsOnALoop.assertRefused(inPlace, "io-1");
  }

  @Test
  void blockingCodeCalledFromTheThreadGoesBackToItsLoop() {
    CompletableFuture<EventLoop> back =
        on(
            loop,
            () ->
                SyncToAsync.threadSensitive()
                    .call(
                        () ->
                            AsyncToSync.create()
                                .<EventLoop>call(
                                    () ->
                                        CompletableFuture.completedFuture(
                                            EventLoop.current().orElseThrow()))));

    assertThat(Patience.result(back)).isSameAs(on(loop, () -> EventLoop.current().orElseThrow()));
  }

  @Test
  void tasksRunInOrderAndOneThatThrowsIsToldAndHarmsNoOther() {
    EventLoop inPlace = on(loop, () -> EventLoop.current().orElseThrow());
    IllegalStateException failure = new IllegalStateException("thrown by the test");
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    SerialProbe probe = new SerialProbe(1);
    Infrastructure.setDroppedExceptionHandler(told::complete);
    try {
      inPlace.execute(
          () -> {
            throw failure;
          });
      IntStream.range(0, 1000).forEach(number -> inPlace.execute(() -> probe.visit(0, number)));

      assertThat(Patience.result(told)).isSameAs(failure);
      assertThat(on(inPlace, probe::visits)).isEqualTo(1000);
      probe.assertInOrder();
      probe.assertOneAtATime();
    } finally {
      Infrastructure.resetDroppedExceptionHandler();
    }
  }

  @Test
  void whatMutinysExecutorRefusesRunsOnAWorkerAndIsNotLost() {
    Gate held = new Gate();
    CompletableFuture<Thread> dependent =
        on(
            loop,
            () ->
                SyncToAsync.concurrent().run(held::pass).thenApply(done -> Thread.currentThread()));
    try {
      Infrastructure.setDefaultExecutor(
          task -> {
            throw new RejectedExecutionException("told by the test");
          },
          false);
      held.open();

      assertThat(Patience.result(dependent).getName()).startsWith("trestle-worker-");
    } finally {
      held.open();
      Infrastructure.setDefaultExecutor(before, false);
    }
    EventLoop inPlace = on(loop, () -> EventLoop.current().orElseThrow());
    assertThat(on(inPlace, () -> "goes on")).isEqualTo("goes on");
  }

  @Test
  void theLoopsOfNettyAndVertxAreFoundAsThose() throws Exception {
    Infrastructure.setCanCallerThreadBeBlockedSupplier(() -> false);
    DefaultEventLoop netty = new DefaultEventLoop(new DefaultThreadFactory("netty"));
    Vertx vertx = Vertx.vertx();
    try {
      assertThat(on(netty, () -> typeOfLoop())).isEqualTo("NettyEventLoop");
      assertThat(on(task -> vertx.runOnContext(ignored -> task.run()), () -> typeOfLoop()))
          .isEqualTo("VertxEventLoop");
    } finally {
      netty.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static String typeOfLoop() {
    return EventLoop.current().orElseThrow().getClass().getSimpleName();
  }
}
