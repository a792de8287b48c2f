package dev.trestle.threadsensitive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.trestle.Gate;
import dev.trestle.Patience;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who runs what, with which thread, and what there is when a thread cannot be had. */
class WorkerPoolTest {
  private static final long FOR_EVER = 0;

  private final OutOfMemoryError noThread = new OutOfMemoryError("unable to create native thread");
  private final Deque<Runnable> failures = new ArrayDeque<>();
  private final List<Thread> made = new CopyOnWriteArrayList<>();
  private final List<String> ran = new CopyOnWriteArrayList<>();

  private WorkerPool pool(int max, int mostWaiting, int mostIdle, long idleNanos) {
    return new WorkerPool(this::thread, max, mostWaiting, mostIdle, idleNanos);
  }

  private WorkerPool pool(int max) {
    return pool(max, 100, 100, FOR_EVER);
  }

  /** Fails as often as there are failures, each after doing something. */
  private Thread thread(Runnable worker) {
    Runnable meanwhile = failures.poll();
    if (meanwhile != null) {
      meanwhile.run();
      throw noThread;
    }
    Thread thread = Homes.daemon(worker, "worker-" + made.size());
    made.add(thread);
    return thread;
  }

  private static <R> BlockingCall<R> call(Callable<R> body) {
    return new BlockingCall<>(body, Workers.DELIVERY, CallOptions.DEFAULT);
  }

  private static <R> BlockingCall<R> run(WorkerPool pool, Callable<R> body) {
    BlockingCall<R> call = call(body);
    pool.runBody(call);
    return call;
  }

  private BlockingCall<String> run(WorkerPool pool, String name) {
    return run(
        pool,
        () -> {
          ran.add(name);
          return name;
        });
  }

  /** Runs a body that stops at a gate, and returns its thread. */
  private static Thread stop(WorkerPool pool, Gate gate) {
    var unused =
        run(
            pool,
            () -> {
              gate.pass();
              return null;
            });
    return gate.awaitReached();
  }

  private static Thread threadOfTask(WorkerPool pool) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    pool.runTask(() -> thread.complete(Thread.currentThread()));
    return Patience.result(thread);
  }

  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  private static void awaitIdle(Thread thread) {
    soon()
        .until(
            () ->
                thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TIMED_WAITING);
  }

  private void awaitAllIdle() {
    made.forEach(WorkerPoolTest::awaitIdle);
  }

  /** Has so many idle workers. */
  private void warm(WorkerPool pool, int workers) {
    CyclicBarrier met = new CyclicBarrier(workers + 1);
    for (int i = 0; i < workers; i++) {
      pool.runTask(() -> meet(met));
    }
    meet(met);
    awaitAllIdle();
    assertThat(made).hasSize(workers);
  }

  private static void meet(CyclicBarrier all) {
    try {
      all.await(20, SECONDS);
    } catch (Exception e) {
      throw new AssertionError("they did not meet", e);
    }
  }

  // ---- which thread

  @Test
  void anIdleWorkerIsUsedAgain() {
    WorkerPool pool = pool(5);
    Thread first = threadOfTask(pool);
    for (int i = 0; i < 20; i++) {
      awaitIdle(first);
      assertThat(Patience.result(run(pool, Thread::currentThread))).isSameAs(first);
      awaitIdle(first);
      assertThat(threadOfTask(pool)).isSameAs(first);
    }
    assertThat(made).containsExactly(first);
  }

  @Test
  void theWorkerThatBecameIdleLastIsUsedFirst() {
    WorkerPool pool = pool(5);
    Gate first = new Gate();
    Gate second = new Gate();
    Thread earlier = stop(pool, first);
    Thread later = stop(pool, second);
    first.open();
    awaitIdleFrom(earlier);
    second.open();
    awaitIdleFrom(later);
    assertThat(later).isNotSameAs(earlier);
    assertThat(threadOfTask(pool)).isSameAs(later);
  }

  /** Waits until a thread waits for something to do, and not at a gate. */
  private static void awaitIdleFrom(Thread thread) {
    soon()
        .until(
            () -> {
              awaitIdle(thread);
              StackTraceElement[] stack = thread.getStackTrace();
              return Stream.of(stack).noneMatch(step -> step.getMethodName().equals("pass"));
            });
  }

  @Test
  void onlyItsOwnThreadsAreItsWorkers() {
    WorkerPool pool = pool(5);
    CompletableFuture<Boolean> here = new CompletableFuture<>();
    pool.runTask(() -> here.complete(pool.isCurrent() && !Workers.isCurrent()));
    assertThat(Patience.result(here)).isTrue();
    assertThat(pool.isCurrent()).isFalse();
  }

  @Test
  void notMoreThanTheMostStayIdle() {
    WorkerPool pool = pool(5, 5, 2, FOR_EVER);
    CyclicBarrier met = new CyclicBarrier(6);
    for (int i = 0; i < 5; i++) {
      pool.runTask(() -> meet(met));
    }
    meet(met);
    soon().until(() -> made.stream().filter(Thread::isAlive).count() == 2);
    made.removeIf(thread -> !thread.isAlive());
    awaitAllIdle();
    assertThat(made).contains(threadOfTask(pool));
  }

  @Test
  void aWorkerEndsWhenItWasIdleForTheTimeAndTheNextTaskGetsANewOne() {
    WorkerPool pool = pool(5, 5, 5, 1_000_000);
    Thread first = threadOfTask(pool);
    soon().until(() -> !first.isAlive());
    assertThat(threadOfTask(pool)).isNotSameAs(first);
  }

  @Test
  void idleWorkersEndInAnyOrder() {
    WorkerPool pool = pool(5, 5, 5, 1_000_000);
    for (int round = 0; round < 20; round++) {
      CyclicBarrier met = new CyclicBarrier(5);
      for (int i = 0; i < 4; i++) {
        pool.runTask(() -> meet(met));
      }
      meet(met);
    }
    soon().until(() -> made.stream().noneMatch(Thread::isAlive));
    threadOfTask(pool);
  }

  @Test
  void whatATaskHeldCanBeCollectedWhenItsWorkerIsIdle() {
    WorkerPool pool = pool(5);
    CompletableFuture<WeakReference<Object>> held = new CompletableFuture<>();
    pool.runTask(
        new Runnable() {
          private final Object owned = new Object();

          @Override
          public void run() {
            held.complete(new WeakReference<>(owned));
          }
        });
    Patience.collected(Patience.result(held));
  }

  // ---- who waits for whom

  @Test
  void bodiesBeyondTheBoundRunInTheirOrderAndNeverMoreAtOnce() {
    WorkerPool pool = pool(1);
    Gate gate = new Gate();
    stop(pool, gate);
    List<BlockingCall<String>> calls = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      names.add("body " + i);
      calls.add(run(pool, "body " + i));
    }
    assertThat(ran).isEmpty();
    gate.open();
    calls.forEach(Patience::result);
    assertThat(ran).isEqualTo(names);
    assertThat(made).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 20})
  void noMoreBodiesThanTheBoundRunAtOnceHoweverManyWorkersAreIdle(int idle) {
    WorkerPool pool = pool(3, 10_000, 100, FOR_EVER);
    warm(pool, idle);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<BlockingCall<Object>> calls = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      calls.add(
          run(
              pool,
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
                return null;
              }));
    }
    calls.forEach(Patience::result);
    assertThat(most.get()).isBetween(1, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 7})
  void aTaskNeverWaitsBehindABodyNorForAnother(int idle) {
    WorkerPool pool = pool(2);
    warm(pool, idle);
    Gate first = new Gate();
    Gate second = new Gate();
    stop(pool, first);
    stop(pool, second);
    BlockingCall<String> waits = run(pool, "waits");
    CountDownLatch met = new CountDownLatch(5);
    CountDownLatch all = new CountDownLatch(5);
    for (int i = 0; i < 5; i++) {
      pool.runTask(
          () -> {
            met.countDown();
            Patience.await(met);
            all.countDown();
          });
    }
    Patience.await(all);
    assertThat(waits.isDone()).isFalse();
    first.open();
    second.open();
    Patience.result(waits);
  }

  @RepeatedTest(20)
  void tasksThatMeetAllGetAWorkerHoweverFewAreIdle() {
    WorkerPool pool = pool(1);
    warm(pool, 2);
    CyclicBarrier met = new CyclicBarrier(6);
    for (int i = 0; i < 5; i++) {
      pool.runTask(() -> meet(met));
    }
    meet(met);
  }

  @Test
  void bodiesThatMeetAllGetAnIdleWorker() {
    WorkerPool pool = pool(8);
    warm(pool, 8);
    for (int round = 0; round < 200; round++) {
      CyclicBarrier met = new CyclicBarrier(8);
      List<BlockingCall<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            run(
                pool,
                () -> {
                  meet(met);
                  return null;
                }));
      }
      calls.forEach(Patience::result);
    }
  }

  // ---- what a task leaves

  static Stream<Named<Throwable>> errors() {
    return Stream.of(
            new IllegalStateException("of a task"),
            new InternalError("of a task"),
            new StackOverflowError("of a task"),
            new LinkageError("of a task"))
        .map(error -> Named.of(error.getClass().getSimpleName(), error));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void whatATaskThrowsIsLoggedAndItsWorkerIsUsedAgain(Throwable thrown) {
    LogLines log = LogLines.of(Worker.class);
    WorkerPool pool = pool(1);
    pool.runTask(() -> sneak(thrown));
    log.awaitContaining("a task failed on thread 'worker-0'");
    awaitAllIdle();
    assertThat(threadOfTask(pool)).isSameAs(made.get(0));
    log.stop();
  }

  /** A call whose delivery fails with an error, which comes out of it. */
  private static BlockingCall<String> throwing(Error thrown, Runnable before) {
    return new BlockingCall<>(
        () -> "value",
        new Delivery() {
          @Override
          public boolean isCurrent() {
            before.run();
            throw thrown;
          }

          @Override
          public void execute(Runnable task) {
            throw thrown;
          }
        },
        CallOptions.DEFAULT);
  }

  @Test
  void aBodyThatFailsWithAnErrorGivesItsPlaceBack() {
    WorkerPool pool = pool(1);
    for (int i = 0; i < 5; i++) {
      pool.runBody(throwing(new StackOverflowError("of a body"), () -> {}));
    }
    assertThat(Patience.result(run(pool, "next"))).isEqualTo("next");
    assertThat(made).hasSize(1);
  }

  /** An appender that fails as there may be no memory left. */
  private static final class Failing extends AppenderBase<ILoggingEvent> {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Worker.class);

    Failing() {
      setContext(logger.getLoggerContext());
      start();
      logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
      throw new InternalError("of an appender");
    }

    @Override
    public void stop() {
      logger.detachAppender(this);
      super.stop();
    }
  }

  @Test
  void aWorkerThatDiesGivesItsPlaceToTheNext() {
    Failing appender = new Failing();
    WorkerPool pool = pool(1);
    Gate gate = new Gate();
    pool.runBody(throwing(new StackOverflowError("of a body"), gate::pass));
    gate.awaitReached();
    BlockingCall<String> second = run(pool, "second");
    BlockingCall<String> third = run(pool, "third");
    gate.open();
    assertThat(Patience.result(second)).isEqualTo("second");
    assertThat(Patience.result(third)).isEqualTo("third");
    soon().dontCatchUncaughtExceptions().until(() -> !made.get(0).isAlive());
    appender.stop();
    assertThat(Patience.result(run(pool, "fourth"))).isEqualTo("fourth");
  }

  @Test
  void anInterruptThatATaskLeavesDoesNotReachTheNext() {
    WorkerPool pool = pool(1);
    Gate gate = new Gate();
    stop(pool, gate);
    BlockingCall<Object> interrupts =
        run(
            pool,
            () -> {
              Thread.currentThread().interrupt();
              return null;
            });
    BlockingCall<Boolean> next = run(pool, Thread::interrupted);
    gate.open();
    Patience.result(interrupts);
    assertThat(Patience.result(next)).isFalse();
  }

  @Test
  void anInterruptOfAnIdleWorkerDoesNotReachWhatItRunsNextNorKeepItAwake() {
    WorkerPool pool = pool(1);
    Thread worker = threadOfTask(pool);
    for (int i = 0; i < 10; i++) {
      awaitIdle(worker);
      worker.interrupt();
      soon().until(() -> !worker.isInterrupted());
      awaitIdle(worker);
    }
    worker.interrupt();
    BlockingCall<Boolean> next = run(pool, Thread::interrupted);
    assertThat(Patience.result(next)).isFalse();
    assertThat(made).containsExactly(worker);
  }

  // ---- without a thread

  @Test
  void aBodyThatGetsNoThreadIsRefusedAndTheNextIsAsGoodAsTheFirst() {
    WorkerPool pool = pool(1);
    for (int i = 0; i < 3; i++) {
      failures.add(() -> {});
      assertThatThrownBy(() -> run(pool, "refused")).isSameAs(noThread);
    }
    assertThat(Patience.result(run(pool, "next"))).isEqualTo("next");
    assertThat(ran).containsExactly("next");
  }

  @Test
  void aTaskThatGetsNoThreadIsRefused() {
    WorkerPool pool = pool(1);
    failures.add(() -> {});
    assertThatThrownBy(() -> pool.runTask(() -> ran.add("refused"))).isSameAs(noThread);
    threadOfTask(pool);
    assertThat(ran).isEmpty();
  }

  @Test
  void whatCameMeanwhileIsRefusedTooIfNoOtherWillRunIt() {
    WorkerPool pool = pool(1);
    List<BlockingCall<String>> meanwhile = new ArrayList<>();
    failures.add(() -> meanwhile.add(run(pool, "meanwhile")));
    assertThatThrownBy(() -> run(pool, "refused")).isSameAs(noThread);
    assertThat(Patience.failure(meanwhile.get(0)))
        .isInstanceOf(BridgeException.class)
        .hasMessage("the workers got no thread for a call")
        .hasCause(noThread);
    assertThat(Patience.result(run(pool, "next"))).isEqualTo("next");
  }

  @Test
  void whatCameMeanwhileWaitsForTheBodyThatRuns() {
    WorkerPool pool = pool(2);
    Gate gate = new Gate();
    stop(pool, gate);
    List<BlockingCall<String>> meanwhile = new ArrayList<>();
    failures.add(() -> meanwhile.add(run(pool, "meanwhile")));
    assertThatThrownBy(() -> run(pool, "refused")).isSameAs(noThread);
    gate.open();
    assertThat(Patience.result(meanwhile.get(0))).isEqualTo("meanwhile");
    assertThat(ran).containsExactly("meanwhile");
  }

  @Test
  void aBodyThatGetsNoThreadWhenOneWaitsInABridgeCallGoesBackToTheFrontOfTheLine() {
    WorkerPool pool = pool(2);
    LogLines log = LogLines.of(WorkerPool.class);
    Gate gate = new Gate();
    stop(pool, gate);
    Gate waits = new Gate();
    Gate goOn = new Gate();
    CompletableFuture<Boolean> counted = new CompletableFuture<>();
    BlockingCall<Object> waiting =
        run(
            pool,
            () -> {
              waits.pass();
              counted.complete(pool.waitBegins());
              goOn.pass();
              pool.waitEnds();
              return null;
            });
    waits.awaitReached();
    BlockingCall<String> second = run(pool, "second");
    BlockingCall<String> third = run(pool, "third");
    failures.add(() -> {});
    waits.open();
    assertThat(Patience.result(counted)).isTrue();
    log.awaitContaining("the workers got no thread");
    gate.open();
    Patience.result(second);
    Patience.result(third);
    assertThat(ran).containsExactly("second", "third");
    goOn.open();
    Patience.end(waiting);
    log.stop();
  }

  // ---- waits

  @Test
  void aWaitWithinAWaitDoesNotMakeRoomTwice() {
    WorkerPool pool = pool(1);
    List<Boolean> said = new CopyOnWriteArrayList<>();
    Gate outer = new Gate();
    BlockingCall<Object> waits =
        run(
            pool,
            () -> {
              said.add(pool.waitBegins());
              said.add(pool.waitBegins());
              outer.pass();
              pool.waitEnds();
              return null;
            });
    outer.awaitReached();
    assertThat(said).containsExactly(true, false);
    Gate inner = new Gate();
    stop(pool, inner);
    BlockingCall<String> third = run(pool, "third");
    assertThat(threadOfTask(pool)).isNotNull();
    assertThat(third.isDone()).isFalse();
    outer.open();
    inner.open();
    Patience.end(waits);
    assertThat(Patience.result(third)).isEqualTo("third");
  }

  private static void sneak(Throwable thrown) {
    WorkerPoolTest.<RuntimeException>sneakAs(thrown);
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void sneakAs(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
