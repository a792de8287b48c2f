package dev.trestle.bridge.matrix;

import dev.trestle.Patience;
import dev.trestle.bridge.EventLoop;
import dev.trestle.bridge.EventLoopThread;
import dev.trestle.bridge.reactor.ReactorLoops;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A loop for each {@link Place}. */
final class MatrixLoops implements AutoCloseable {
  private final EventLoopThread own = EventLoopThread.start("own");
  private final EventLoopThread own2 = EventLoopThread.start("own2");
  private final Vertx vertx = Vertx.vertx();
  private final MultiThreadIoEventLoopGroup netty =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final Scheduler single = Schedulers.newSingle("single");
  private final Scheduler single2 = Schedulers.newSingle("single2");
  private final Scheduler parallel;
  private final Map<Place, EventLoop> loops = new EnumMap<>(Place.class);
  private final Map<Place, LoopThread> threads = new EnumMap<>(Place.class);

  MatrixLoops() {
    ReactorLoops.install();
    parallel = Schedulers.newParallel("parallel", 2);
    ContextInternal verticle = (ContextInternal) vertx.getOrCreateContext();
    loops.put(Place.OWN, own);
    loops.put(Place.OWN2, own2);
    for (Place place : new Place[] {Place.VERTX, Place.VERTX2}) {
      ContextInternal request = verticle.duplicate();
      loops.put(place, foundOn(task -> request.runOnContext(ignored -> task.run())));
    }
    loops.put(Place.NETTY, foundOn(netty.next()));
    loops.put(Place.NETTY2, foundOn(netty.next()));
    loops.put(Place.SINGLE, ReactorLoops.on(single));
    loops.put(Place.SINGLE2, ReactorLoops.on(single2));
    loops.put(Place.PARALLEL, foundOn(parallel.createWorker()::schedule));
    loops.put(Place.PARALLEL2, foundOn(parallel.createWorker()::schedule));
    Map<Thread, LoopThread> known = new HashMap<>();
    loops.forEach(
        (place, loop) ->
            threads.put(
                place, known.computeIfAbsent(on(loop, Thread::currentThread), LoopThread::new)));
  }

  private static EventLoop foundOn(Executor executor) {
    return on(executor, () -> EventLoop.current().orElseThrow());
  }

  private static <T> T on(Executor executor, Supplier<T> body) {
    return Patience.result(CompletableFuture.supplyAsync(body, executor));
  }

  EventLoop at(Place place) {
    return loops.get(place);
  }

  LoopThread threadAt(Place place) {
    return threads.get(place);
  }

  /** Waits until each has run what was queued, and adds those that do not to what is wrong. */
  void beat(long millis, Collection<Throwable> wrong) {
    Map<Place, CountDownLatch> beats = new EnumMap<>(Place.class);
    loops.forEach(
        (place, loop) -> {
          CountDownLatch beat = new CountDownLatch(1);
          loop.execute(beat::countDown);
          beats.put(place, beat);
        });
    beats.forEach(
        (place, beat) -> {
          try {
            if (!beat.await(millis, TimeUnit.MILLISECONDS)) {
              wrong.add(new AssertionError(at(place) + " of " + place + " does not live"));
            }
          } catch (InterruptedException e) {
            throw new AssertionError("interrupted while loops beat", e);
          }
        });
  }

  @Override
  public void close() {
    var unused = own.closeAsync();
    unused = own2.closeAsync();
    single.dispose();
    single2.dispose();
    parallel.dispose();
    netty.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    Patience.end(vertx.close().toCompletionStage());
  }
}
