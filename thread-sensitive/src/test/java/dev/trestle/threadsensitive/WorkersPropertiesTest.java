package dev.trestle.threadsensitive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trestle.ChildJvm;
import dev.trestle.Gate;
import dev.trestle.Patience;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many bodies run at once, how many wait, and how long an idle worker is kept. */
class WorkersPropertiesTest {
  private static final String MAX = "trestle.workers.max";
  private static final String QUEUE = "trestle.workers.queue";
  private static final String IDLE = "trestle.workers.idleSeconds";
  private static final String VIRTUAL = "trestle.workers.virtual";

  private static ChildJvm onPlatformThreads(Class<?> program) {
    return ChildJvm.of(program).with(VIRTUAL, false);
  }

  private static <R> CompletableFuture<R> submit(Callable<R> body) {
    BlockingCall<R> call = new BlockingCall<>(body, null, CallOptions.DEFAULT);
    call.submitConcurrent();
    return call;
  }

  private static List<CompletableFuture<Thread>> submitMany(int bodies, Gate gate) {
    List<CompletableFuture<Thread>> calls = new ArrayList<>();
    for (int i = 0; i < bodies; i++) {
      calls.add(
          submit(
              () -> {
                gate.pass();
                return Thread.currentThread();
              }));
    }
    return calls;
  }

  private static Set<Thread> threadsOf(List<CompletableFuture<Thread>> calls) {
    Set<Thread> threads = new HashSet<>();
    for (CompletableFuture<Thread> call : calls) {
      threads.add(Patience.result(call));
    }
    return threads;
  }

  /** Makes one call more than the workers take, and none is done before all were made. */
  static final class OneTooMany {
    public static void main(String[] args) {
      int max = Integer.parseInt(args[0]);
      int queue = Integer.parseInt(args[1]);
      Gate gate = new Gate();
      List<CompletableFuture<Thread>> taken = submitMany(max + queue, gate);
      AtomicBoolean ran = new AtomicBoolean();
      CompletableFuture<Object> oneMore =
          submit(
              () -> {
                ran.set(true);
                return null;
              });
      assertThat(Patience.failure(oneMore))
          .isInstanceOf(BridgeException.class)
          .hasMessage(
              "the workers took no more: %d are busy and %d bodies wait; limit the calls, or raise"
                  + " trestle.workers.max or trestle.workers.queue",
              max, queue);
      assertThat(taken).noneMatch(CompletableFuture::isDone);
      gate.open();
      assertThat(threadsOf(taken)).hasSize(max);
      assertThat(ran).as("the body that was refused ran").isFalse();
      assertThat(Patience.result(submit(() -> "room"))).isEqualTo("room");
    }
  }

  @Test
  void oneBodyMoreThanTheyTakeFailsItsFutureAndNeitherStopsNorThrowsAtTheCaller() throws Exception {
    onPlatformThreads(OneTooMany.class).with(MAX, 2).with(QUEUE, 3).run(2, 3);
  }

  @Test
  void withoutPropertiesTheBoundsAreThoseOfTheReadme() throws Exception {
    onPlatformThreads(OneTooMany.class).run(64, 10_000);
  }

  /** Bodies in bodies, each of which waits for the next in a bridge call. */
  static final class Nested {
    public static void main(String[] args) {
      assertThat(Patience.result(nest(5))).isEqualTo("innermost");
      Gate gate = new Gate();
      List<CompletableFuture<Thread>> calls = submitMany(3, gate);
      gate.open();
      assertThat(threadsOf(calls)).hasSize(1);
    }

    private static CompletableFuture<String> nest(int depth) {
      return submit(() -> depth == 0 ? "innermost" : waitFor(depth));
    }

    private static String waitFor(int depth) {
      CallerFrame<String> frame =
          new CallerFrame<>(null, caller -> new CallerLoop(caller) {}, CallOptions.DEFAULT);
      try {
        return frame.call(() -> nest(depth - 1));
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aBodyThatWaitsInABridgeCallDoesNotCountAndDoesAgainAfterwards() throws Exception {
    onPlatformThreads(Nested.class).with(MAX, 1).run();
  }

  /** Two workers, one that runs a body and one that runs a dependent, which have nothing to do. */
  static final class Idle {
    public static void main(String[] args) {
      Thread ofBody = Patience.result(submit(Thread::currentThread));
      CompletableFuture<Thread> prompt = new CompletableFuture<>();
      Workers.runPromptly(() -> prompt.complete(Thread.currentThread()));
      Thread ofDependent = Patience.result(prompt);
      assertThat(Pools.workersIdleNanos()).isEqualTo(SECONDS.toNanos(Long.parseLong(args[0])));
      boolean end = Boolean.parseBoolean(args[1]);
      if (end) {
        await().atMost(20, SECONDS).until(() -> !ofBody.isAlive() && !ofDependent.isAlive());
      } else {
        List<Thread> kept = List.of(ofBody, ofDependent); // one may be about to wait for work
        await().until(() -> kept.contains(Patience.result(submit(Thread::currentThread))));
      }
    }
  }

  @Test
  void anIdleWorkerEndsAfterTheTimeOfTheProperty() throws Exception {
    onPlatformThreads(Idle.class).with(IDLE, 1).run(1, true);
  }

  @Test
  void withoutThePropertyAnIdleWorkerIsKeptForAMinute() throws Exception {
    onPlatformThreads(Idle.class).with(MAX, 1).run(60, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "", "1.5", "99999999999"})
  void aSenselessBoundIsWarnedAboutAndTheDefaultIsUsed(String senseless) throws Exception {
    String output =
        onPlatformThreads(OneTooMany.class)
            .with(MAX, senseless)
            .with(QUEUE, senseless)
            .run(64, 10_000);
    assertThat(output.lines())
        .filteredOn(line -> line.contains("system property"))
        .hasSize(2)
        .anySatisfy(
            line -> assertThat(line).contains(MAX, "'" + senseless + "'", "64 is used instead"))
        .anySatisfy(
            line ->
                assertThat(line).contains(QUEUE, "'" + senseless + "'", "10000 is used instead"));
  }

  @Test
  void aSenselessIdleTimeIsWarnedAboutAndTheDefaultIsUsed() throws Exception {
    String output = onPlatformThreads(Idle.class).with(MAX, 1).with(IDLE, "soon").run(60, false);
    assertThat(output.lines())
        .filteredOn(line -> line.contains("system property"))
        .singleElement()
        .asString()
        .contains(IDLE, "'soon'", "60 is used instead");
  }

  /** A body that says what its thread is. */
  static final class Kind {
    public static void main(String[] args) {
      Thread worker = Patience.result(submit(Thread::currentThread));
      assertThat(ThreadKinds.isVirtual(worker)).isEqualTo(Boolean.parseBoolean(args[0]));
      assertThat(worker.getName()).startsWith("trestle-worker-");
    }
  }

  @Test
  void virtualFalseGivesPlatformThreadsOnEveryJdk() throws Exception {
    onPlatformThreads(Kind.class).run(false);
  }

  @Test
  @EnabledForJreRange(minVersion = 21)
  void virtualTrueGivesVirtualThreads() throws Exception {
    ChildJvm.of(Kind.class).with(VIRTUAL, true).run(true);
  }

  @Test
  @EnabledForJreRange(maxVersion = 20)
  void virtualTrueChangesNothingWhereThereAreNone() throws Exception {
    ChildJvm.of(Kind.class).with(VIRTUAL, true).run(false);
    ChildJvm.of(OneTooMany.class).with(VIRTUAL, true).with(MAX, 2).with(QUEUE, 3).run(2, 3);
  }

  /** More bodies than the bounds would let run, and all of them do. */
  static final class AllAtOnce {
    public static void main(String[] args) {
      int bodies = 50;
      CountDownLatch met = new CountDownLatch(bodies);
      List<CompletableFuture<Object>> calls = new ArrayList<>();
      for (int i = 0; i < bodies; i++) {
        calls.add(
            submit(
                () -> {
                  met.countDown();
                  Patience.await(met);
                  return null;
                }));
      }
      calls.forEach(Patience::result);
    }
  }

  @Test
  @EnabledForJreRange(minVersion = 24)
  void virtualWorkersHaveNoBound() throws Exception {
    ChildJvm.of(AllAtOnce.class).with(MAX, 1).with(QUEUE, 1).run();
  }
}
