package dev.trestle.bridge.reactor;

import static dev.trestle.bridge.WaitsOnALoop.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.Gate;
import dev.trestle.Patience;
import dev.trestle.SerialProbe;
import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.SyncToAsync;
import dev.trestle.bridge.WaitsOnALoop;
import dev.trestle.threadsensitive.BridgeDeadlockException;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class ReactorEventLoopFinderTest {
  /** A thread that Reactor must not block, and that none of its schedulers has. */
  private static final class Foreign extends Thread implements NonBlocking {
    Foreign(Runnable body) {
      super(body, "foreign");
    }
  }

  /** As reactor-netty has them. */
  private static final class OfReactorNetty extends FastThreadLocalThread implements NonBlocking {
    OfReactorNetty(Runnable body) {
      super(body, "reactor-http-1");
    }
  }

  private Scheduler parallel;
  private Scheduler.Worker worker;
  private Thread thread;
  private final ExecutorService foreign = Executors.newSingleThreadExecutor(Foreign::new);

  @BeforeAll
  static void install() {
    ReactorLoops.install();
  }

  private void start() {
    parallel = Schedulers.newParallel("cpu", 3);
    worker = parallel.createWorker();
    thread = on(worker::schedule, Thread::currentThread);
  }

  @AfterEach
  void stop() {
    foreign.shutdown();
    if (parallel != null) {
      parallel.dispose();
    }
  }

  @Test
  void eachTaskOfAThreadFindsTheSameEventLoop() {
    start();
    EventLoop first = on(worker::schedule, () -> EventLoop.current().orElseThrow());
    EventLoop second = on(worker::schedule, () -> EventLoop.current().orElseThrow());

    assertThat(second).isSameAs(first);
    assertThat(first).hasToString("event loop '" + thread.getName() + "'");
    assertThat(first.isCurrent()).isFalse();
    assertThat(on(worker::schedule, first::isCurrent)).isTrue();
    assertThat(on(parallel.createWorker()::schedule, first::isCurrent)).isFalse();
  }

  @Test
  void waitingIsRefusedOnEachKindOfNonBlockingThreadAndTheLoopIsUnharmed() throws Exception {
    start();
    WaitsOnALoop.assertRefused(worker::schedule, thread.getName());
    Scheduler single = Schedulers.newSingle("one");
    try {
      WaitsOnALoop.assertRefused(
          single::schedule, on(single::schedule, Thread::currentThread).getName());
    } finally {
      single.dispose();
    }
    WaitsOnALoop.assertRefused(foreign, "foreign");
  }

  @Test
  void aThreadOfBoundedElasticMayBlockAndIsNoLoop() {
    assertThat(on(Schedulers.boundedElastic()::schedule, EventLoop::current))
        .isEqualTo(Optional.empty());
    assertThat(
            on(
                Schedulers.boundedElastic()::schedule,
                () ->
                    AsyncToSync.create()
                        .<String>call(() -> CompletableFuture.completedFuture("waited"))))
        .isEqualTo("waited");
  }

  @Test
  void dependentsRunOnTheVeryThreadThatMadeTheCall() {
    start();
    List<Thread> threads = threadsOfCallOn(worker);

    assertThat(threads.get(0)).isNotSameAs(thread);
    assertThat(threads.get(1)).isSameAs(thread);
  }

  @Test
  void blockingCodeCalledFromAThreadGoesBackToThatThread() {
    start();
    CompletableFuture<Thread> back =
        on(
            worker::schedule,
            () ->
                SyncToAsync.threadSensitive()
                    .call(
                        () ->
                            AsyncToSync.create()
                                .<Thread>call(
                                    () ->
                                        CompletableFuture.completedFuture(
                                            Thread.currentThread()))));

    assertThat(Patience.result(back)).isSameAs(thread);
  }

  @Test
  void dependentsOfACallOnAThreadWithoutAWayBackRunOnOneOfParallelOneAtATime() {
    SerialProbe probe = new SerialProbe(20);
    Gate held = new Gate();
    List<CompletableFuture<Void>> dependents =
        on(
            foreign,
            () ->
                IntStream.range(0, 20)
                    .mapToObj(
                        number ->
                            SyncToAsync.concurrent()
                                .run(held::pass)
                                .thenRun(() -> probe.visit(number, 0)))
                    .toList());
    held.open();

    dependents.forEach(Patience::result);
    assertThat(probe.threads()).singleElement().asString().contains("parallel-");
    probe.assertOneAtATime();
  }

  @Test
  void whatRunsInPlaceOfAThreadWithoutAWayBackIsThatThreadsLoop() throws Exception {
    EventLoop loop = on(foreign, () -> EventLoop.current().orElseThrow());

    assertThat(loop).hasToString("event loop 'foreign'");
    assertThat(on(foreign, () -> EventLoop.current().orElseThrow())).isSameAs(loop);
    assertThat(on(loop, () -> EventLoop.current().orElseThrow())).isSameAs(loop);
    assertThat(on(loop, loop::isCurrent)).isTrue();
    assertThat(loop.isCurrent()).isFalse();
    WaitsOnALoop.assertRefused(loop, "foreign");
  }

  @Test
  void anExecutorThatServesManySchedulersIsToldOnce() {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, Foreign::new);
    try {
      Scheduler first = Schedulers.fromExecutorService(pool);
      ThreadFactory told = pool.getThreadFactory();
      Scheduler second = Schedulers.fromExecutorService(pool);

      assertThat(pool.getThreadFactory()).isSameAs(told);
      assertThat(on(first::schedule, () -> EventLoop.current().orElseThrow().isCurrent())).isTrue();
      assertThat(on(first::schedule, () -> EventLoop.current().orElseThrow()))
          .isSameAs(on(second::schedule, () -> EventLoop.current().orElseThrow()));
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aThreadOfReactorNettyIsALoopOfNetty() throws Exception {
    DefaultEventLoop netty = new DefaultEventLoop(OfReactorNetty::new);
    try {
      assertThat(on(netty, Schedulers::isInNonBlockingThread)).isTrue();
      assertThat(on(netty, () -> EventLoop.current().orElseThrow()).getClass().getSimpleName())
          .isEqualTo("NettyEventLoop");
      WaitsOnALoop.assertRefused(netty, "reactor-http-1");
    } finally {
      netty.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  @Test
  void theLoopOfADisposedSchedulerIsClosedAndRefuses() {
    start();
    EventLoop loop = on(worker::schedule, () -> EventLoop.current().orElseThrow());
    assertThat(loop.isClosed()).isFalse();

    parallel.dispose();

    assertThat(loop.isClosed()).isTrue();
    assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whatATaskThrowsIsToldAndTheLoopGoesOn() {
    IllegalStateException failure = new IllegalStateException("thrown by the test");
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    parallel =
        Schedulers.newParallel(
            1,
            body -> {
              Thread made = new Foreign(body);
              made.setUncaughtExceptionHandler((on, thrown) -> told.complete(thrown));
              return made;
            });
    EventLoop loop = on(parallel::schedule, () -> EventLoop.current().orElseThrow());

    loop.execute(
        () -> {
          throw failure;
        });

    assertThat(Patience.result(told)).isSameAs(failure);
    assertThat(on(loop, Thread::currentThread))
        .isSameAs(on(parallel::schedule, Thread::currentThread));
  }

  @Test
  void aBlockingBodyThatRunsThereIsRefusedWhenItWaits() {
    start();
    CompletableFuture<String> body =
        SyncToAsync.on(parallel::schedule)
            .call(
                () -> AsyncToSync.create().call(() -> CompletableFuture.completedFuture("waited")));

    assertThat(Patience.failure(body)).isInstanceOf(BridgeDeadlockException.class);
  }

  private static List<Thread> threadsOfCallOn(Scheduler.Worker worker) {
    Gate held = new Gate();
    CompletableFuture<List<Thread>> threads =
        on(
            worker::schedule,
            () ->
                SyncToAsync.concurrent()
                    .call(
                        () -> {
                          held.pass();
                          return Thread.currentThread();
                        })
                    .thenApply(body -> List.of(body, Thread.currentThread())));
    held.open();
    return Patience.result(threads);
  }
}
